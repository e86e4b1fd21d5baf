import { GetQueueAttributesCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { isExpress, JobMessage } from '../domain/jobs/jobs.ts';

/** Sends messages of jobs, each to the queue of its kind. Sending one twice does no harm. */
export type SendJobs = (messages: readonly JobMessage[]) => Promise<void>;

/** SQS's limit of messages in a batch. */
const batchSize = 10;

/** Express jobs go ahead of all bulk jobs, whoever's they are. */
export function jobQueues(sqs: SQSClient, urls: { readonly express: string; readonly bulk: string }): SendJobs {
  const sendTo = async (QueueUrl: string, messages: readonly JobMessage[]) => {
    for (let from = 0; from < messages.length; from += batchSize) {
      const Entries = messages.slice(from, from + batchSize).map((message, i) => ({
        Id: String(i),
        MessageBody: JSON.stringify(JobMessage.parse(message)),
        // SQS fair queues: a video with many messages does not make those of others wait behind them.
        MessageGroupId: message.videoId,
      }));
      const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed.length > 0)
        throw new Error(`${Failed.length} messages were refused: ${Failed[0]?.Code} ${Failed[0]?.Message ?? ''}`);
    }
  };
  return async (messages) => {
    const express = messages.filter((message) => isExpress(message.kind));
    const bulk = messages.filter((message) => !isExpress(message.kind));
    await sendTo(urls.express, express);
    await sendTo(urls.bulk, bulk);
  };
}

/** Messages of a queue that wait or are worked on; as of a minute ago, as SQS counts. */
export async function jobsOn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}
