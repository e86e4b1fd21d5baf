import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { initKey, segmentKey } from '../../domain/media/paths.ts';
import { newVideoId } from '../../platform/ids.ts';
import { jobs, mediaUnder } from '../commands/books.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { numbersIn } from '../commands/segment-numbers.ts';
import { soon } from '../commands/soon.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

const ask = (key: string, init?: RequestInit) => fetch(`${localCloud().site}/${key}`, { redirect: 'manual', ...init });
const stored = async (videoId: VideoId) => [...(await mediaUnder(`media/${videoId}/1/`)).keys()];

const expectedNumbers = (source: Clip, from: number, count: number) =>
  Array.from({ length: count }, (_, i) => numberAt(source, from + i));

let creator: Person;
beforeAll(async () => {
  creator = await newCreator();
});

describe('a segment that is listed but not encoded', () => {
  let source: Clip;
  let videoId: VideoId;
  beforeAll(async () => {
    source = await clip({ ...ordinary, seconds: 92.5, repeat: 5 });
    videoId = await uploadClip(creator.client, source);
    await videoIs(creator.client, videoId, 'playable');
  });

  it('is made next, once, however many viewers wait for it, and then is the same address', async () => {
    const [far, audio] = [segmentKey(videoId, 1, '360p', 20), segmentKey(videoId, 1, 'audio-1', 20)];
    expect(await stored(videoId)).not.toContain(far);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(i % 2 ? far : audio)));
    for (const answer of answers) {
      expect(answer.status).toBe(307);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(new Set(answers.map((answer) => answer.headers.get('location')))).toEqual(new Set([`/${far}`, `/${audio}`]));
    const job = await jobs().getJob({ videoId, attempt: 1 }, 'segment-360p-00020');
    expect(job?.tries).toBe(1);
    const found = await ask(far);
    expect(found.status).toBe(200);
    expect(found.headers.get('cache-control')).toContain('immutable');
    expect(await numbersIn(videoId, '360p', 20)).toEqual(expectedNumbers(source, 19 * 120, 120));
  });

  it('is made all the same when who asked for it has left', async () => {
    const [key, job] = [segmentKey(videoId, 1, '360p', 22), 'segment-360p-00022'];
    const record = () => jobs().getJob({ videoId, attempt: 1 }, job);
    expect(await stored(videoId)).not.toContain(key);
    const leaving = new AbortController();
    const asked = ask(key, { signal: leaving.signal });
    await soon(async () => expect(await record()).toBeDefined());
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await soon(async () => expect(await record()).toMatchObject({ state: 'done', tries: 1 }));
    expect(await stored(videoId)).toContain(key);
  });

  it('may be the last, which is half a second long', async () => {
    expect(await numbersIn(videoId, '360p', 24)).toEqual(expectedNumbers(source, 23 * 120, 15));
  });

  it.each([
    ['a segment behind the end', () => segmentKey(videoId, 1, '360p', 25)],
    ['a rung that the title does not have', () => segmentKey(videoId, 1, '1080p', 1)],
    ['an attempt that was not made', () => segmentKey(videoId, 2, '360p', 1)],
    ['a video that is not there', () => segmentKey(newVideoId(), 1, '360p', 1)],
    ['another name of a segment', () => `media/${videoId}/1/360p/07.m4s`],
    ['a file that titles do not have', () => `media/${videoId}/1/secret.txt`],
  ])('is not %s: that is 404 at once, and nobody works for it', async (_, key) => {
    const answer = await ask(key());
    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('leaves a title that is whole: what was raised is not made twice, nor differently', async () => {
    await videoIs(creator.client, videoId, 'ready');
    expect(await numbersIn(videoId, '360p', 20)).toEqual(expectedNumbers(source, 19 * 120, 120));
    expect((await stored(videoId)).filter((key) => key.includes('/360p/'))).toHaveLength(25);
  });
});

it('a rung on demand is listed from the start, made when it is watched, and kept; what nobody watched is never made', async () => {
  const source = await clip({ ...ordinary, width: 1280, height: 720, seconds: 9 });
  const videoId = await uploadClip(creator.client, source, { processing: { eagerLines: 360 } });
  await videoIs(creator.client, videoId, 'ready');
  const master = await (await ask(`media/${videoId}/1/master.m3u8`)).text();
  for (const rung of ['360p', '480p', '720p']) expect(master).toContain(`${rung}.m3u8`);
  const mpd = await (await ask(`media/${videoId}/1/manifest.mpd`)).text();
  expect(mpd).toContain('id="720p"');
  expect((await stored(videoId)).filter((key) => /\/(480|720)p\//.test(key))).toEqual([]);

  expect(await numbersIn(videoId, '720p', 2)).toEqual(expectedNumbers(source, 120, 120));
  const made = (await stored(videoId)).filter((key) => key.includes('/720p/'));
  // Its initialization segment was asked for first, and comes with its first segment.
  expect(made.sort()).toEqual(
    [initKey(videoId, 1, '720p'), segmentKey(videoId, 1, '720p', 1), segmentKey(videoId, 1, '720p', 2)].sort(),
  );
  expect((await ask(segmentKey(videoId, 1, '720p', 2))).status).toBe(200);
  expect((await stored(videoId)).filter((key) => key.includes('/480p/'))).toEqual([]);
});
