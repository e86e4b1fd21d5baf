import { GetQueueAttributesCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { UserId, VideoId } from '../domain/ids.ts';
import { isExpress, JobMessage } from '../domain/jobs/jobs.ts';
import type { Videos } from './records/videos.ts';

/** Sends messages of jobs, each to the queue of its kind. Sending one twice does no harm. */
export type SendJobs = (messages: readonly JobMessage[]) => Promise<void>;

/** SQS's limit of messages in a batch. */
const batchSize = 10;

/** Owners that one process remembers, for they never change; forgotten all at once when they become many. */
const ownersKept = 1000;

export interface JobQueues {
  readonly sqs: SQSClient;
  readonly urls: { readonly express: string; readonly bulk: string };
  readonly videos: Pick<Videos, 'get'>;
}

/** Express jobs go ahead of all bulk jobs, whoever's they are. Jobs of a video that is not there are not sent. */
export function jobQueues({ sqs, urls, videos }: JobQueues): SendJobs {
  const owners = new Map<VideoId, Promise<UserId | undefined>>();
  const ownerOf = (videoId: VideoId) => {
    const known = owners.get(videoId);
    if (known) return known;
    if (owners.size >= ownersKept) owners.clear();
    const read = videos.get(videoId).then((video) => video?.ownerId);
    owners.set(videoId, read);
    // What is not there, or could not be read, is asked for again.
    const forget = () => owners.delete(videoId);
    read.then((ownerId) => ownerId ?? forget(), forget);
    return read;
  };
  /** SQS fair queues: a creator with many messages does not make those of others wait behind them. */
  const grouped = async (messages: readonly JobMessage[]) => {
    const all = await Promise.all(
      messages.map(async (message) => ({ message, MessageGroupId: await ownerOf(message.videoId) })),
    );
    return all.filter(({ MessageGroupId }) => MessageGroupId !== undefined);
  };
  const sendTo = async (QueueUrl: string, messages: readonly JobMessage[]) => {
    const sent = await grouped(messages);
    for (let from = 0; from < sent.length; from += batchSize) {
      const Entries = sent.slice(from, from + batchSize).map(({ message, MessageGroupId }, i) => ({
        Id: String(i),
        MessageBody: JSON.stringify(JobMessage.parse(message)),
        MessageGroupId,
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
