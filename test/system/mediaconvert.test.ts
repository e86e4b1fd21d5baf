import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { segmentKey } from '../../domain/media/paths.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { jobs, mediaUnder, s3 } from '../commands/books.ts';
import { type Clip, clip, ordinary } from '../commands/clip.ts';
import { type CreateJob, type FakeMediaConvert, fakeMediaConvert } from '../commands/fake-mediaconvert.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { deliver } from '../commands/service-events.ts';
import { soon } from '../commands/soon.ts';
import { transcoded } from '../commands/transcoded.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

let creator: Person;
let source: Clip;
let service: FakeMediaConvert;

beforeAll(async () => {
  service = await fakeMediaConvert(localCloud().instance.mediaConvertPort);
  creator = await newCreator();
  source = await clip({ ...ordinary, seconds: 13 });
});
afterAll(() => service[Symbol.asyncDispose]());

const upload = () => uploadClip(creator.client, source, { processing: { engine: 'mediaconvert' } });
const playback = (videoId: VideoId) => creator.client.streaming.playback({ params: { videoId } });
const fromSite = (path: string | null) => fetch(`${localCloud().site}${path}`);

/** The job that the deployed stage function has asked for. */
const jobOf = (videoId: VideoId): Promise<[id: string, job: CreateJob]> =>
  soon(
    () => {
      const found = [...service.jobs].find(([, job]) => job.userMetadata.videoId === videoId);
      return found ?? expect.fail(`no job for ${videoId}`);
    },
    { seconds: 60 },
  );

/** An event of a job, as the service would send it. */
const tell = ([jobId, { queue, userMetadata }]: [string, CreateJob], status: string, of: object = {}) =>
  deliver({
    source: 'aws.mediaconvert',
    'detail-type': 'MediaConvert Job State Change',
    detail: { timestamp: Date.now(), accountId: '000000000000', queue, jobId, status, userMetadata, ...of },
  });

describe('a title that MediaConvert encodes', () => {
  let videoId: VideoId;
  let job: Awaited<ReturnType<typeof jobOf>>;
  let plan: Plan;

  beforeAll(async () => {
    videoId = await upload();
    await videoIs(creator.client, videoId, 'playable');
    job = await jobOf(videoId);
    plan = (await jobs().getPlan({ videoId, attempt: 1 })) ?? expect.fail('no plan');
  });

  it('is asked for by the plan, and no chunk of it by our workers', async () => {
    expect(job[1]).toMatchObject({
      userMetadata: { videoId, attempt: '1' },
      settings: { inputs: [{ fileInput: expect.stringContaining(plan.sourceKey) }] },
    });
    const encode = await jobs().listJobs({ videoId, attempt: 1 }, 'encode');
    expect(encode.map(({ jobId }) => jobId).toSorted()).toEqual(['poster', 'transcode']);
  });

  it('plays meanwhile: what a viewer asks for is made by our workers', async () => {
    const key = segmentKey(videoId, 1, '360p', 3);
    expect([...(await mediaUnder(`media/${videoId}/1/`)).keys()]).not.toContain(key);
    expect((await fromSite(`/${key}`)).status).toBe(200);
  });

  it('shows its progress', async () => {
    expect(await tell(job, 'STATUS_UPDATE', { jobProgress: { jobPercentComplete: 40 } })).toBe(1);
    expect((await playback(videoId)).progress).toBe(0.4);
  });

  it('is untouched by news of a job that is not its own', async () => {
    await tell(['another', job[1]], 'ERROR', { errorCode: 1030 });
    expect((await playback(videoId)).state).toBe('playable');
  });

  it('is ready when the service says so, at the addresses it had, with what the service has made', async () => {
    const before = await playback(videoId);
    const bucket = { Bucket: localCloud().outputs.MediaBucketName };
    await Promise.all(
      transcoded(plan).map(({ key, body }) => s3().send(new PutObjectCommand({ ...bucket, Key: key, Body: body }))),
    );
    expect(await tell(job, 'COMPLETE', { outputGroupDetails: [] })).toBe(1);
    await videoIs(creator.client, videoId, 'ready');
    const { hls, dash, progress } = await playback(videoId);
    expect({ hls, dash, progress }).toEqual({ hls: before.hls, dash: before.dash, progress: 1 });
    expect(service.requests()).toBe(1);

    // The edge may show manifests of ten seconds ago: asked past its cache.
    const master = await (await fromSite(`${hls}?fresh`)).text();
    expect(master).toContain('\nmediaconvert/title_360p.m3u8');
    const playlist = await fromSite(new URL('mediaconvert/title_360p.m3u8', `http://site${hls}`).pathname);
    expect(await playlist.text()).toContain('title_360p_000000004.cmfv');
    expect(await (await fromSite(`${dash}?fresh`)).text()).toContain('<BaseURL>mediaconvert/</BaseURL>');
  });
});

it('a title that MediaConvert fails ends with the typed reason', async () => {
  const videoId = await upload();
  const job = await jobOf(videoId);
  await tell(job, 'ERROR', { errorCode: 1404, errorMessage: 'no such object' });
  const { reason } = await videoIs(creator.client, videoId, 'failed');
  expect(reason).toMatchObject({ code: 'source-missing' });
});

it('a title of a video that is deleted is not encoded to its end, and is given away anew when the video is had back', async () => {
  const videoId = await upload();
  const [jobId] = await jobOf(videoId);
  // Written down as the run's: what nobody knows cannot be cancelled.
  const workerIs = (expected: object) =>
    soon(async () => expect(await jobs().getJob({ videoId, attempt: 1 }, 'transcode')).toMatchObject(expected));
  await workerIs({ state: 'running', workerId: jobId });
  const { content } = creator.client;
  await content.deleteVideo({ params: { videoId } });
  await soon(() => expect(service.cancelled).toContain(jobId));
  await workerIs({ state: 'queued', workerId: jobId });

  await content.restoreVideo({ params: { videoId } });
  const next = await soon(() => {
    const found = [...service.jobs].find(([id, job]) => id !== jobId && job.userMetadata.videoId === videoId);
    return found?.[0] ?? expect.fail('no other job');
  });
  await workerIs({ state: 'running', workerId: next });
  await content.deleteVideo({ params: { videoId } });
});
