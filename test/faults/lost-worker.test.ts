import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { manifests, mediaKeys } from '../../domain/media/manifests.ts';
import {
  attemptPrefix,
  iFramePlaylistKey,
  posterKey,
  segmentKey,
  storyboardSheetKey,
} from '../../domain/media/paths.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { sheets } from '../../domain/media/storyboard.ts';
import { age, endedExecutionsOf, jobs, mediaUnder, videos } from '../commands/books.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { gateTo, type PassingCall } from '../commands/gate.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { benchInstanceWorker, type OwnWorker, startWorker } from '../commands/processes.ts';
import { publishedTitle } from '../commands/published.ts';
import { callReconciler } from '../commands/rules.ts';
import { soon } from '../commands/soon.ts';
import { streamFaults } from '../commands/stream-check.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

/** Two chunks in two rungs: segments 1 to 3, and 4. */
const twoChunks = { ...ordinary, seconds: 16, width: 854, height: 480 } as const;

let creator: Person;
let source: Clip;
let brief: Clip;
let bench: AsyncDisposable;

beforeAll(async () => {
  bench = await benchInstanceWorker();
  creator = await newCreator();
  source = await clip(twoChunks);
  brief = await clip({ ...ordinary, seconds: 4 });
});
afterAll(() => bench[Symbol.asyncDispose]());

const isPutOf =
  (...keys: string[]) =>
  ({ method, path }: PassingCall) =>
    method === 'PUT' && keys.some((key) => path.endsWith(`/${key}`));
const isRelease = ({ target }: PassingCall) => target === 'AWSStepFunctions.SendTaskSuccess';

const planOf = async (run: RunInput): Promise<Plan> => {
  const plan = await jobs().getPlan(run);
  if (plan === undefined) throw new Error('the run has no plan');
  return plan;
};
const tracksOf = (plan: Plan) => mediaKeys(plan).flatMap(({ init, segments }) => [init, ...segments]);

/** The disk of a machine on which workers follow one another. */
async function disk(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'machine-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Not when a release arrives at the gate: messages of other titles may come back, and theirs are sent again. */
const isOver = (run: RunInput, stage: 'prepare' | 'encode') =>
  soon(async () => expect(await jobs().getStage(run, stage)).toMatchObject({ remaining: 0 }), { seconds: 60 });

/** What a worker has encoded to the end, and told nobody: its message comes back meanwhile. */
let untold: { readonly run: RunInput; readonly lost: OwnWorker };

it('killed between the last transaction of Encode and its release: all is done, and the title still is to be ready', async () => {
  await using gate = await gateTo(localCloud().endpoint);
  await using lost = await startWorker(gate);
  const videoId = await uploadClip(creator.client, brief);
  const run = { videoId, attempt: 1 };
  await soon(async () => expect(await jobs().getStage(run, 'encode')).toBeDefined());
  const releases = gate.hold(isRelease);
  await isOver(run, 'encode');
  await lost.kill();
  releases.drop();
  expect((await videoIs(creator.client, videoId, 'playable')).readyAt).toBeNull();
  untold = { run, lost };
});

it('killed with half of a chunk published: the next worker has it within 30 s, writes the rest, and nothing twice', async () => {
  const scratch = await disk();
  await using gate = await gateTo(localCloud().endpoint);
  await using lost = await startWorker(gate, { scratch });
  const held = gate.hold(isPutOf('480p/2.m4s', '480p/3.m4s'));
  const videoId = await uploadClip(creator.client, source);
  const run = { videoId, attempt: 1 };
  const missing = [2, 3].map((number) => segmentKey(videoId, 1, '480p', number));
  await held.arrived;
  const chunk = tracksOf(await planOf(run)).filter((key) => !key.endsWith('/4.m4s') && !missing.includes(key));
  await soon(async () =>
    expect([...(await mediaUnder(attemptPrefix(videoId, 1))).keys()]).toEqual(expect.arrayContaining(chunk)),
  );

  const caught = await jobs().getJob(run, 'chunk-00000');
  expect(caught).toMatchObject({ state: 'running', tries: 1 });
  expect(lost.holds(caught)).toBe(true);
  const killedAt = Date.now();
  expect(await lost.kill()).toBe('ended by SIGKILL');
  held.drop();
  expect(await readdir(scratch)).not.toEqual([]);
  const before = await mediaUnder(attemptPrefix(videoId, 1));
  expect([...before.keys()].filter((key) => missing.includes(key))).toEqual([]);

  await using next = await startWorker(gate, { scratch });
  await soon(async () => expect(next.holds(await jobs().getJob(run, 'chunk-00000'))).toBe(true), { seconds: 60 });
  expect(Date.now() - killedAt).toBeLessThanOrEqual(30_000);
  await videoIs(creator.client, videoId, 'ready');
  // What the killed one has left on the disk went when the next one started.
  expect(await readdir(scratch)).toEqual([]);

  const plan = await planOf(run);
  const after = await mediaUnder(attemptPrefix(videoId, 1));
  const { posterCandidates = 0 } = (await videos().get(videoId)) ?? expect.unreachable('no record');
  const pictures = [
    ...plan.rungs.map(({ name }) => iFramePlaylistKey(videoId, 1, name)),
    ...sheets(plan).map(({ number }) => storyboardSheetKey(videoId, 1, number)),
    ...Array.from({ length: posterCandidates }, (_, i) => posterKey(videoId, 1, i + 1)),
  ];
  expect([...after.keys()].sort()).toEqual(
    [...tracksOf(plan), ...manifests(plan).map(({ key }) => key), ...pictures].sort(),
  );
  const media = (stored: typeof before) => chunk.map((key) => stored.get(key));
  expect(media(after)).toEqual(media(before));

  const done = await jobs().listJobs(run, 'encode');
  expect(done.map(({ jobId, state, tries }) => ({ jobId, state, tries }))).toEqual([
    { jobId: 'chunk-00000', state: 'done', tries: 2 },
    { jobId: 'chunk-00001', state: 'done', tries: 1 },
    { jobId: 'poster', state: 'done', tries: 1 },
  ]);
  expect(done.every(next.holds)).toBe(true);
  expect(await jobs().getStage(run, 'encode')).toMatchObject({ total: 3, remaining: 0 });
  expect(await endedExecutionsOf(videoId)).toEqual([{ name: `${videoId}-1`, status: 'SUCCEEDED' }]);
  expect(
    await streamFaults((await publishedTitle(creator.client, videoId)).stream, {
      rate: source.rate,
      frames: source.frames,
      audioTracks: 1,
      numberAt: (n) => numberAt(source, n),
    }),
  ).toEqual([]);
});

it('told to stop in the middle of a chunk: hands it back at once, and one that starts on the same machine goes on behind what is done', async () => {
  const scratch = await disk();
  await using gate = await gateTo(localCloud().endpoint);
  await using leaving = await startWorker(gate, { scratch });
  const held = gate.hold(isPutOf('480p/4.m4s'));
  const videoId = await uploadClip(creator.client, source);
  const run = { videoId, attempt: 1 };
  await held.arrived;
  const caught = await jobs().getJob(run, 'chunk-00001');
  expect(caught).toMatchObject({ state: 'running', tries: 1 });
  const finished = [await jobs().getJob(run, 'chunk-00000'), await jobs().getJob(run, 'poster')];
  expect(finished).toMatchObject([{ state: 'done' }, { state: 'done' }]);

  leaving.terminate();
  expect(await leaving.ended).toBe('ended by SIGTERM');
  held.drop();
  const given = await jobs().getJob(run, 'chunk-00001');
  expect(given).toMatchObject({ state: 'queued', tries: 0 });
  // Otherwise it might as well have been killed.
  expect(Date.now()).toBeLessThan(caught?.leaseExpiresAt ?? 0);

  await using next = await startWorker(gate, { scratch });
  await videoIs(creator.client, videoId, 'ready');
  const done = await jobs().listJobs(run, 'encode');
  expect(done.map(({ state, tries }) => ({ state, tries }))).toEqual(done.map(() => ({ state: 'done', tries: 1 })));
  expect(done.filter(next.holds).map(({ jobId }) => jobId)).toEqual(['chunk-00001']);
  // Not encoded again: each record is as the first worker has ended it.
  expect(done.filter(({ jobId }) => jobId !== 'chunk-00001')).toEqual(finished);
});

it('killed between the last transaction of Prepare and its release: the reconciler releases it', async () => {
  await using gate = await gateTo(localCloud().endpoint);
  const run = await (async () => {
    await using lost = await startWorker(gate);
    const releases = gate.hold(isRelease);
    const run = { videoId: await uploadClip(creator.client, brief), attempt: 1 };
    await isOver(run, 'prepare');
    await lost.kill();
    releases.drop();
    return run;
  })();
  expect(await jobs().getStage(run, 'encode')).toBeUndefined();

  // No worker is there that could see the message again.
  await age(run.videoId, 120);
  await callReconciler();
  await soon(async () => expect(await jobs().getStage(run, 'encode')).toMatchObject({ remaining: 2 }));

  await using _next = await startWorker(gate);
  await videoIs(creator.client, run.videoId, 'ready');
  expect((await jobs().getJob(run, 'prepare'))?.tries).toBe(1);
  expect(await endedExecutionsOf(run.videoId)).toEqual([{ name: `${run.videoId}-1`, status: 'SUCCEEDED' }]);
});

it('what was encoded and not told is released when its message is seen again, and not encoded anew', async () => {
  const { run, lost } = untold;
  await using gate = await gateTo(localCloud().endpoint);
  await using _next = await startWorker(gate);
  await videoIs(creator.client, run.videoId, 'ready');
  const done = await jobs().listJobs(run, 'encode');
  expect(done.map(({ state, tries }) => ({ state, tries }))).toEqual(done.map(() => ({ state: 'done', tries: 1 })));
  expect(done.every(lost.holds)).toBe(true);
  expect(await endedExecutionsOf(run.videoId)).toEqual([{ name: `${run.videoId}-1`, status: 'SUCCEEDED' }]);
});
