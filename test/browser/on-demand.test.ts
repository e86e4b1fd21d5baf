import type { Page, Request } from 'playwright-core';
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
  source = await clip({ ...ordinary, seconds: 600, repeat: 60, sound: { sampleRate: 48_000, channels: 1 } });
  videoId = await uploadClip(person.client, source);
  await videoIs(person.client, videoId, 'playable');
});
// Nobody wants the rest of it.
afterAll(() => jobs().closeStage({ videoId, attempt: 1 }, 'encode', { code: 'internal', detail: 'the test is over' }));

const fps = 30;

/** When a page first asked for each path, as far as we have heard; and when it last had an answer of it, by its own clock. */
function watchRequests(page: Page) {
  const asked = new Map<string, number>();
  const answered = new Map<string, number>();
  const path = (request: Request) => new URL(request.url()).pathname;
  page.on('request', (request) => asked.set(path(request), asked.get(path(request)) ?? Date.now()));
  page.on('requestfinished', (request) => {
    const { startTime, responseEnd } = request.timing();
    answered.set(path(request), startTime + responseEnd);
  });
  return { asked, answered };
}

// Places of a title of ten minutes, late in it, in seconds: no two so near that one brings the other along; each in the first
// half of its segment, where a player that does not trust the manifest fetches the one before it.
it.each([
  ['hls', [412.5, 541.25]],
  ['dash', [465.75, 581.5]],
] as const)(
  'a seek to what is not encoded yet shows the right frame with sound, asks for its segment alone, and for what follows once one stays, by %s',
  async (format, places) => {
    await using visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signIn(visitor, person);
    const { asked, answered } = watchRequests(page);
    await watch(page, videoId, format);
    for (const place of places) {
      const number = Math.floor(place / 4) + 1;
      const [before, key, following] = [number - 1, number, number + 1].map((n) => segmentKey(videoId, 1, '360p', n));
      expect([...(await mediaUnder(`media/${videoId}/1/360p/`)).keys()]).not.toContain(key);
      const { decodedAudioBytes } = await videoStatus(page);
      await seek(page, place);
      const wanted = numberAt(source, Math.floor(place * fps + 1e-6));
      await expect.poll(() => shownFrame(page)).toBe(wanted);
      await expect.poll(() => asked.get(`/${following}`)).toBeDefined();
      // A busy machine tells of both at once.
      await expect.poll(() => answered.get(`/${key}`)).toBeDefined();
      const stayedMs = (asked.get(`/${following}`) ?? 0) - (answered.get(`/${key}`) ?? Number.NaN);
      expect(stayedMs).toBeGreaterThan(500);
      expect(asked.get(`/${before}`)).toBeUndefined();
      await videoOf(page).evaluate((element) => (element as unknown as { play(): void }).play());
      await expect.poll(async () => (await videoStatus(page)).decodedAudioBytes).toBeGreaterThan(decodedAudioBytes);
      await videoOf(page).evaluate((element) => (element as unknown as { pause(): void }).pause());
    }
    expect(complaints).toEqual([]);
  },
);
