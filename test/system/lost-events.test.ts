import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { awsConfig } from '../commands/local-cloud.ts';

/** What Lambda puts into a queue of a call that it has given up. */
const GivenUp = z.object({ requestContext: z.object({ functionArn: z.string() }), requestPayload: z.unknown() });

async function functionNamed(name: string): Promise<string> {
  const lambda = new LambdaClient(awsConfig());
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    const found = Functions.find(({ FunctionName }) => FunctionName?.includes(name));
    if (found?.FunctionName) return found.FunctionName;
  }
  throw new Error(`no function ${name}`);
}

it('an event that its function cannot take lies in a queue after the last try, as it was', async () => {
  const sqs = new SQSClient(awsConfig());
  const event = { 'detail-type': 'history.cleared', detail: { userId: 'nobody’s id', clearedAt: 1 } };
  await new LambdaClient(awsConfig()).send(
    new InvokeCommand({
      FunctionName: await functionNamed('ClearHistoryListener'),
      InvocationType: 'Event',
      Payload: JSON.stringify(event),
    }),
  );
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => url.includes('ClearHistoryLost'));
  // The local cloud tries again after one second and two more.
  const { Messages: [lost] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  const { requestContext, requestPayload } = GivenUp.parse(JSON.parse(lost?.Body ?? ''));
  expect(requestPayload).toEqual(event);
  expect(requestContext.functionArn).toContain('ClearHistoryListener');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: lost?.ReceiptHandle }));
});
