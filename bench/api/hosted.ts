import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../local/instance.ts';

/** Milliseconds of one call: by the clock, and of a processor in the function itself. */
export interface Timing {
  readonly ms: number;
  readonly cpuMs: number;
}

export interface Hosted {
  /** Stands for the API behind the site: what a client fetches goes into the function as API Gateway's event. */
  readonly fetch: typeof fetch;
  readonly timings: () => readonly Timing[];
  readonly stop: () => void;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A function in a process of its own, called in the same way as Lambda calls it. One call at a time. */
export async function hosted(
  file: string,
  env: NodeJS.ProcessEnv,
  originHeaders: Record<string, string>,
): Promise<Hosted> {
  const child: ChildProcess = fork(join(root, 'bench/api/host.ts'), [file], {
    env,
    // Its log line for each request is written, and read by nobody.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  const timings: Timing[] = [];
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      child.send(await eventOf(request, originHeaders));
      const [{ answer, ...timing }] = (await once(child, 'message')) as [Timing & { answer: Answer }];
      timings.push(timing);
      const body = answer.statusCode === 204 ? null : answer.body;
      return new Response(body, { status: answer.statusCode, headers: answer.headers });
    },
    timings: () => timings,
    stop: () => child.kill(),
  };
}

/** Payload format 2.0 of an HTTP API. */
async function eventOf(request: Request, originHeaders: Record<string, string>) {
  const { pathname, search, searchParams, host } = new URL(request.url);
  const headers = { ...Object.fromEntries(request.headers), ...originHeaders, host };
  const body = request.body === null ? undefined : await request.text();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    ...(search !== '' && { queryStringParameters: Object.fromEntries(searchParams) }),
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'bench',
      domainName: host,
      domainPrefix: 'bench',
      http: { method: request.method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
    },
  };
}
