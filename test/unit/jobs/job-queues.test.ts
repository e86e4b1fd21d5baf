import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import type { JobMessage } from '../../../domain/jobs/jobs.ts';
import type { Video } from '../../../domain/video/video.ts';
import { newVideoId } from '../../../platform/ids.ts';
import { jobQueues } from '../../../platform/job-queues.ts';

const [ada, bob] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'] as UserId[];

/** Queues that tell what they were sent, over videos and their owners. */
function queuesOver(owners: ReadonlyMap<VideoId, UserId | undefined>) {
  const sent: { queue: string; group: string; message: JobMessage }[] = [];
  let reads = 0;
  const sqs = {
    async send({ input }: SendMessageBatchCommand) {
      const { QueueUrl: queue = '', Entries = [] } = input;
      expect(Entries.length).toBeLessThanOrEqual(10);
      for (const { MessageBody = '', MessageGroupId: group = '' } of Entries)
        sent.push({ queue, group, message: JSON.parse(MessageBody) });
      return {};
    },
  } as unknown as SQSClient;
  const videos = {
    async get(videoId: VideoId) {
      reads += 1;
      const ownerId = owners.get(videoId);
      return ownerId && ({ ownerId } as Video);
    },
  };
  const send = jobQueues({ sqs, urls: { express: 'express', bulk: 'bulk' }, videos });
  return { send, sent, reads: () => reads };
}

const chunks = (videoId: VideoId, count: number) =>
  Array.from({ length: count }, (_, index): JobMessage => ({ kind: 'chunk', videoId, attempt: 1, index }));

it('messages are grouped by creator, whichever of their videos they are of, in order, and express ones go ahead', async () => {
  const [first, second, third] = [newVideoId(), newVideoId(), newVideoId()];
  const q = queuesOver(
    new Map([
      [first, ada],
      [second, ada],
      [third, bob],
    ]),
  );
  const raised: JobMessage = { kind: 'segment', videoId: third, attempt: 1, rung: '360p', number: 7 };
  await q.send([...chunks(first, 12), ...chunks(second, 1), raised]);
  await q.send(chunks(third, 1));
  expect(q.sent[0]).toEqual({ queue: 'express', group: bob, message: raised });
  expect(q.sent.slice(1).map(({ queue, group }) => `${queue} ${group}`)).toEqual([
    ...Array(13).fill(`bulk ${ada}`),
    `bulk ${bob}`,
  ]);
  expect(q.sent.slice(1, 13).map(({ message }) => message)).toEqual(chunks(first, 12));
  // An owner never changes: each is read once.
  expect(q.reads()).toBe(3);
});

it('nothing is sent of a video that is not there', async () => {
  const q = queuesOver(new Map());
  await q.send(chunks(newVideoId(), 2));
  expect(q.sent).toEqual([]);
});
