import { afterAll, beforeAll, expect, it } from 'vitest';
import { reasons } from '../../domain/video/reasons.ts';
import type { CreatorVideo } from '../../lambdas/content/routes.ts';
import { endedExecutionsOf, mediaUnder, videos } from '../commands/books.ts';
import { type HostileFile, hostileFiles } from '../commands/hostile-files.ts';
import { worker } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { trap } from '../commands/trap.ts';
import { uploadWhole, videoSettled } from '../commands/uploads.ts';

/** Nobody may come. */
const nobody = await trap();
afterAll(() => nobody[Symbol.dispose]());

const files = await hostileFiles(nobody.url);

let creator: Person;
let workerBefore: number;
const verdicts = new Map<HostileFile, Promise<CreatorVideo>>();

beforeAll(async () => {
  creator = await newCreator();
  workerBefore = worker().pid;
  // All at once, as an attacker would; each is waited for by its own test.
  for (const file of files) {
    const videoId = await uploadWhole(creator.client, file.bytes, { fileName: file.fileName });
    const settled = videoSettled(creator.client, videoId);
    settled.catch(() => undefined);
    verdicts.set(file, settled);
  }
});

it.each(files)('$is is rejected as $reason, with its sentence, and nothing of it is published', async (file) => {
  const video = await verdicts.get(file);
  if (video === undefined) throw new Error('it was not uploaded');
  const { videoId } = video;
  expect(video).toMatchObject({
    state: 'rejected',
    reason: { code: file.reason, sentence: reasons[file.reason].sentence },
  });
  expect(video).toMatchObject({ playableAt: null, readyAt: null, poster: null, rungs: [] });
  expect([...(await mediaUnder(`media/${videoId}/`)).keys()]).toEqual([]);
  expect(await creator.client.streaming.playback({ params: { videoId } })).toMatchObject({
    state: 'rejected',
    hls: null,
    dash: null,
  });
  // A file of no use is a run that did its work.
  expect(await endedExecutionsOf(videoId)).toEqual([{ name: `${videoId}-1`, status: 'SUCCEEDED' }]);
  expect((await videos().get(videoId))?.reason?.detail).not.toContain('root:');
});

it('nothing that the files point at has been asked for, and the worker has survived them all', async () => {
  await Promise.all(verdicts.values());
  expect(nobody.visitors()).toBe(0);
  expect(worker()).toMatchObject({ pid: workerBefore });
  expect(worker().isAlive()).toBe(true);
});
