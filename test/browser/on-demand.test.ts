import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { segmentKey } from '../../domain/media/paths.ts';
import { jobs, mediaUnder } from '../commands/books.ts';
import { browserOfFile, signIn } from '../commands/browser.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { seek, shownFrame, videoOf, videoStatus, watch } from '../commands/player.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

const browser = browserOfFile();
let person: Person;
let source: Clip;
let videoId: VideoId;
beforeAll(async () => {
  person = await newCreator();
  source = await clip({ ...ordinary, seconds: 900, repeat: 90 });
  videoId = await uploadClip(person.client, source);
  await videoIs(person.client, videoId, 'playable');
});
// Nobody wants the rest of it.
afterAll(() => jobs().closeStage({ videoId, attempt: 1 }, 'encode', { code: 'internal', detail: 'the test is over' }));

const fps = 30;

// Places of a title of a quarter of an hour, late in it, in seconds: no two so near that one brings the other along.
it.each([
  ['hls', [612.5, 801.25]],
  ['dash', [706.75, 882.5]],
] as const)('a seek to what is not encoded yet shows the right frame with sound, by %s', async (format, places) => {
  await using visitor = await browser.visitor();
  const { page, complaints } = visitor;
  await signIn(visitor, person);
  await watch(page, videoId, format);
  for (const place of places) {
    const key = segmentKey(videoId, 1, '360p', Math.floor(place / 4) + 1);
    expect([...(await mediaUnder(`media/${videoId}/1/360p/`)).keys()]).not.toContain(key);
    const { decodedAudioBytes } = await videoStatus(page);
    await seek(page, place);
    const wanted = numberAt(source, Math.floor(place * fps + 1e-6));
    await expect.poll(() => shownFrame(page)).toBe(wanted);
    await videoOf(page).evaluate((element) => (element as unknown as { play(): void }).play());
    await expect.poll(async () => (await videoStatus(page)).decodedAudioBytes).toBeGreaterThan(decodedAudioBytes);
    await videoOf(page).evaluate((element) => (element as unknown as { pause(): void }).pause());
  }
  expect(complaints).toEqual([]);
});
