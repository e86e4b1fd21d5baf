import { readFile } from 'node:fs/promises';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeAll, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { attemptPrefix, sourceKey } from '../../domain/media/paths.ts';
import { reasons } from '../../domain/video/reasons.ts';
import { endedExecutionsOf, jobs, mediaUnder, s3, videos } from '../commands/books.ts';
import { cliOf } from '../commands/cli.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { gateTo } from '../commands/gate.ts';
import { killedProgram } from '../commands/killed-program.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { benchInstanceWorker, startWorker, wake } from '../commands/processes.ts';
import { publishedTitle } from '../commands/published.ts';
import { soon } from '../commands/soon.ts';
import { streamFaults } from '../commands/stream-check.ts';
import { beginUpload, complete, sendAllParts, uploadClip, videoIs } from '../commands/uploads.ts';

let creator: Person;
beforeAll(async () => {
  creator = await newCreator();
});

const nothingToWatch = { hls: null, dash: null };

/** Segment 4 of a title of 16 s in two rungs: its second chunk. */
const secondChunk = '--start_segment_number 4';
/** In no log may there be what opens anything. */
const secrets = /127\.0\.0\.1:\d|X-Amz-|AWS_|sluice-local|AKIA|Bearer|taskToken/i;

/** Of an upright title: its posters, and the sheets of its storyboard. */
const uprightPictures = ['scale=360:640,setsar=1,split', 'scale=108:192:flags=area'];

it('a chunk whose programs are killed is tried three times, then fails the video with the reason and its logs; tried again, only it is encoded. A title whose pictures cannot be made is ready without', async () => {
  await using _bench = await benchInstanceWorker();
  await using gate = await gateTo(localCloud().endpoint);
  await using packager = await killedProgram('PACKAGER', { [secondChunk]: 2 });
  const always = Object.fromEntries(uprightPictures.map((arguments_) => [arguments_, 100]));
  await using ffmpeg = await killedProgram('FFMPEG', { '-ss 11.9': 1, ...always });
  const source = await clip({ ...ordinary, seconds: 16, width: 854, height: 480 });
  const processing = { protection: 'cbcs' } as const;
  let upright: VideoId | undefined;
  const { videoId, run } = await (async () => {
    await using _weak = await startWorker(gate, { programs: { PACKAGER: packager.path, FFMPEG: ffmpeg.path } });
    const videoId = await uploadClip(creator.client, source, { processing });
    upright = await uploadClip(creator.client, await clip({ ...ordinary, seconds: 4, width: 360, height: 640 }));
    const run = { videoId, attempt: 1 };
    const other = { videoId: upright, attempt: 1 };
    const tried = async (of: RunInput, id: string, tries: number) =>
      expect(await jobs().getJob(of, id)).toMatchObject({ state: 'queued', tries });
    // They have rested for 5 s after their first try, and are to for 20 s after the second.
    await soon(() => tried(run, 'chunk-00001', 2), { seconds: 60 });
    await wake({ kind: 'chunk', ...run, index: 1 });
    await soon(() => tried(other, 'poster', 2), { seconds: 60 });
    await wake({ kind: 'poster', ...other });
    const { reason } = await videoIs(creator.client, videoId, 'failed');
    await withoutPictures(upright);
    expect(reason).toEqual({ code: 'encode-failed', sentence: reasons['encode-failed'].sentence });
    return { videoId, run };
  })();
  expect(await endedExecutionsOf(videoId)).toEqual([{ name: `${videoId}-1`, status: 'FAILED' }]);
  expect(await creator.client.streaming.playback({ params: { videoId } })).toMatchObject({
    state: 'failed',
    ...nothingToWatch,
  });

  const { jobs: shown } = await creator.client.processing.listJobs({ query: { videoId } });
  const failed = shown.find(({ jobId }) => jobId === 'chunk-00001');
  expect(failed).toMatchObject({ state: 'queued', tries: 3, lastError: { code: 'encode-failed' } });
  expect(failed?.lastError?.detail).toContain('packager was ended by SIGKILL');
  expect((await fetch(failed?.log ?? '')).status).toBe(200);
  const logs = await logsOf(run);
  expect(logs).toHaveLength(3);
  expect(logs.join('\n')).toContain('ffmpeg was ended by SIGKILL');
  expect(logs.join('\n')).toContain("Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'the-source'");
  const key = await contentKeyOf(videoId);
  for (const log of logs) {
    expect(log).not.toMatch(secrets);
    for (const form of ['hex', 'base64', 'base64url'] as const) expect(log).not.toContain(key.toString(form));
  }

  const done = async () => (await jobs().listJobs(run, 'encode')).filter(({ state }) => state === 'done');
  const before = { jobs: await done(), media: await mediaUnder(`${attemptPrefix(videoId, 1)}/480p/`) };
  expect(before.jobs.map(({ jobId }) => jobId)).toEqual(['chunk-00000', 'poster']);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      creator.client.processing.reprocess({ params: { videoId }, body: { what: 'failed' } }),
    ),
  );
  expect(answers).toEqual(answers.map(() => run));
  // It can be watched again where it was, at once.
  await using cli = await cliOf(creator);
  const asked = await cli.json('reprocess', videoId, '--failed', '--wait', 'playable');
  expect(asked).toMatchObject({ ...run, state: 'playable' });
  await using sound = await startWorker(gate);
  if (upright)
    await creator.client.processing.reprocess({ params: { videoId: upright }, body: { what: 'everything' } });
  await videoIs(creator.client, videoId, 'ready');
  const listed = (await cli.json('jobs', videoId)) as { jobs: { state: string }[] };
  expect(listed.jobs.map(({ state }) => state)).toEqual(Array(4).fill('done'));
  const after = await jobs().listJobs(run, 'encode');
  expect(after.filter(({ jobId }) => jobId !== 'chunk-00001')).toEqual(before.jobs);
  const again = after.find(({ jobId }) => jobId === 'chunk-00001');
  expect(again).toMatchObject({ state: 'done', tries: 1 });
  expect(sound.holds(again)).toBe(true);
  const media = await mediaUnder(`${attemptPrefix(videoId, 1)}/480p/`);
  for (const [name, object] of before.media) expect(media.get(name)).toEqual(object);
  expect(await contentKeyOf(videoId)).toEqual(key);
  expect((await endedExecutionsOf(videoId)).map(({ status }) => status).toSorted()).toEqual(['FAILED', 'SUCCEEDED']);
  // What was missing is made with the next attempt.
  const whole = await videoIs(creator.client, upright ?? expect.unreachable('no second title'), 'ready');
  expect(whole).toMatchObject({ attempt: 2, missing: [], poster: expect.stringContaining('/2/') });
});

/** It can be watched as a whole; the record says what is missing, its jobs why, and what the programs said is kept. */
async function withoutPictures(videoId: VideoId): Promise<void> {
  const ready = await videoIs(creator.client, videoId, 'ready');
  expect(ready).toMatchObject({ missing: ['storyboard', 'poster'], poster: null, reason: null });
  expect(await endedExecutionsOf(videoId)).toEqual([{ name: `${videoId}-1`, status: 'SUCCEEDED' }]);
  const { stream } = await publishedTitle(creator.client, videoId);
  expect(await streamFaults(stream, { rate: { num: 30, den: 1 }, frames: 120, audioTracks: 1 })).toEqual([]);
  const { jobs: shown } = await creator.client.processing.listJobs({ query: { videoId } });
  for (const [id, extra, tries] of [
    ['chunk-00000', 'storyboard', 1],
    ['poster', 'poster', 3],
  ] as const) {
    const job = shown.find(({ jobId }) => jobId === id);
    expect(job).toMatchObject({ state: 'done', tries, missing: [extra], lastError: { code: 'encode-failed' } });
    expect(await (await fetch(job?.log ?? '')).text()).toContain('was ended by SIGKILL');
  }
}

/** Every log that was kept of a run's tries. */
async function logsOf({ videoId, attempt }: RunInput): Promise<string[]> {
  const Bucket = localCloud().outputs.UploadsBucketName;
  const { Contents = [] } = await s3().send(
    new ListObjectsV2Command({ Bucket, Prefix: `logs/${videoId}/${attempt}/` }),
  );
  const read = async ({ Key }: { Key?: string | undefined }) =>
    (await (await s3().send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()) ?? '';
  return Promise.all(Contents.map(read));
}

/** As a player gets it. */
async function contentKeyOf(videoId: VideoId): Promise<Buffer> {
  const kept = (await videos().get(videoId))?.contentKey;
  const kid = Buffer.from(kept?.encryption.keyId ?? '', 'hex').toString('base64url');
  const { keys } = await creator.client.streaming.license({ params: { videoId }, body: { kids: [kid] } });
  return Buffer.from(keys[0]?.k ?? '', 'base64url');
}

it('a source that is deleted under the worker fails the video at once, with the reason', async () => {
  await using _bench = await benchInstanceWorker();
  await using gate = await gateTo(localCloud().endpoint);
  await using _worker = await startWorker(gate);
  const bytes = await readFile((await clip({ ...ordinary, seconds: 4 })).file);
  const upload = await beginUpload(creator.client, bytes, { fileName: 'deleted.mp4' });
  const { videoId, uploadId } = upload;
  await sendAllParts(creator.client, upload);
  const releases = gate.hold(({ target }) => target === 'AWSStepFunctions.SendTaskSuccess');
  await complete(creator.client, upload);
  // Not until a release arrives: messages of the titles before may come back, and theirs are sent again.
  await soon(async () =>
    expect(await jobs().getStage({ videoId, attempt: 1 }, 'prepare')).toMatchObject({ remaining: 0 }),
  );
  await s3().send(
    new DeleteObjectCommand({ Bucket: localCloud().outputs.UploadsBucketName, Key: sourceKey(videoId, uploadId) }),
  );
  releases.open();

  const { reason } = await videoIs(creator.client, videoId, 'failed');
  expect(reason).toEqual({ code: 'source-missing', sentence: reasons['source-missing'].sentence });
  expect((await jobs().getJob({ videoId, attempt: 1 }, 'chunk-00000'))?.tries).toBe(1);
  expect(await creator.client.streaming.playback({ params: { videoId } })).toMatchObject({
    state: 'failed',
    ...nothingToWatch,
  });
});
