/** Runs one function's bundle in a process of its own: the file is its argument, events come and answers go as messages. */

const [, , file = ''] = process.argv;
const { handler } = (await import(file)) as { handler: (event: unknown, context: unknown) => Promise<unknown> };

process.on('message', async (event: { readonly requestContext: { readonly requestId: string } }) => {
  const [began, busy] = [performance.now(), process.cpuUsage()];
  const answer = await handler(event, { awsRequestId: event.requestContext.requestId });
  const { user, system } = process.cpuUsage(busy);
  process.send?.({ answer, ms: performance.now() - began, cpuMs: (user + system) / 1000 });
});
process.send?.('ready');
