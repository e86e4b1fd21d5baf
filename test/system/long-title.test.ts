import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { outstandingFor } from '../../domain/jobs/jobs.ts';
import { segmentCount } from '../../domain/media/timeline.ts';
import { environments } from '../../lib/config/environments.ts';
import { endedExecutionsOf, jobs, videos } from '../commands/books.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { awsConfig, localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { numbersIn } from '../commands/segment-numbers.ts';
import { soon } from '../commands/soon.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

/** A slide a second for ten hours: a title of over a thousand chunks in a file of a few megabytes. */
const tenHours = {
  ...ordinary,
  seconds: 36_000,
  rate: { num: 1, den: 1 },
  width: 160,
  height: 90,
  gopFrames: 10,
  sound: null,
  repeat: 1000,
};
const { max, bulkSlots } = environments().local.workers;
const outstandingPerVideo = outstandingFor(max * bulkSlots);

const encodeJobs = (videoId: VideoId) => jobs().listJobs({ videoId, attempt: 1 }, 'encode');
const doneOf = async (videoId: VideoId) => (await encodeJobs(videoId)).filter(({ state }) => state === 'done').length;

/** Bulk messages that wait or are being worked on. */
async function bulkMessages(): Promise<number> {
  const { Attributes = {} } = await new SQSClient({ ...awsConfig(), useQueueUrlAsEndpoint: false }).send(
    new GetQueueAttributesCommand({
      QueueUrl: localCloud().outputs.BulkQueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

describe('a title of ten hours', () => {
  let source: Clip;
  let videoId: VideoId;
  let creator: Person;
  let other: Person;
  beforeAll(async () => {
    [creator, other] = [await newCreator(), await newCreator()];
    source = await clip(tenHours);
    videoId = await uploadClip(creator.client, source);
    await videoIs(creator.client, videoId, 'playable');
  });

  it('is playable like any other, and a seek to its last minute shows the right picture', async () => {
    const video = await creator.client.content.getVideo({ params: { videoId } });
    expect(video.durationSeconds).toBe(36_000);
    const plan = await jobs().getPlan({ videoId, attempt: 1 });
    if (plan === undefined) throw new Error('the run has no plan');
    expect(segmentCount(plan)).toBe(9_000);
    const rung = plan.rungs[0]?.name ?? '';
    const numbers = await numbersIn(videoId, rung, 8_990);
    expect(numbers).toEqual(Array.from({ length: 120 }, (_, i) => numberAt(source, 8_989 * 120 + i, plan.rate)));
  });

  it('delays one of ten seconds of somebody else by few jobs, and is far from its own end then', async () => {
    await soon(async () => expect(await doneOf(videoId)).toBeGreaterThan(1), { seconds: 60, everySeconds: 0.5 });
    const before = await doneOf(videoId);
    const short = await uploadClip(other.client, await clip({ ...ordinary, width: 320, height: 180, seconds: 10 }));
    await videoIs(other.client, short, 'ready');
    const { state, progress } = await creator.client.content.getVideo({ params: { videoId } });
    expect(state).toBe('playable');
    expect(progress).toBeLessThan(0.1);
    // Those that were ahead of it, and those that are done beside it and while it is finished and published.
    expect((await doneOf(videoId)) - before).toBeLessThanOrEqual(4 * outstandingPerVideo);
  });

  it('that is given up is worked for no more: what waits of it is dropped, and its execution ends', async () => {
    await videos().moveTo(videoId, 'deleted', { set: {} }, Date.now());
    await soon(async () => expect(await bulkMessages()).toBe(0), { seconds: 60 });
    expect(await endedExecutionsOf(videoId)).toEqual([{ name: `${videoId}-1`, status: 'SUCCEEDED' }]);
    const left = (await encodeJobs(videoId)).filter(({ state }) => state !== 'done');
    expect(left.length).toBeGreaterThan(1_000);
    expect(left.filter(({ tries }) => tries > 0)).toEqual([]);
    expect((await videos().get(videoId))?.state).toBe('deleted');
  });
});
