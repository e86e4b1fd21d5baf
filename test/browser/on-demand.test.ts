import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { segmentKey } from '../../domain/media/paths.ts';
import { jobs, mediaUnder } from '../commands/books.ts';
import { type OpenBrowser, openBrowser, shownFrame, signIn, videoStatus } from '../commands/browser.ts';
import { clip, numberAt, ordinary } from '../commands/clip.ts';
import { newCreator } from '../commands/people.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

let browser: OpenBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const fps = 30;
/** Places of a title of a quarter of an hour, late in it. Seconds. */
const places = [612.5, 801.25];

/** When a page first asked for each path, and when it last had an answer of it. */
function watchRequests(page: Page) {
  const asked = new Map<string, number>();
  const answered = new Map<string, number>();
  const path = (request: Request) => new URL(request.url()).pathname;
  page.on('request', (request) => asked.set(path(request), asked.get(path(request)) ?? Date.now()));
  page.on('requestfinished', (request) => answered.set(path(request), Date.now()));
  return { asked, answered };
}

it.each(['hls', 'dash'])(
  'a seek to what is not encoded yet shows the right frame with sound, and asks for what follows once one stays, by %s',
  async (format) => {
    const person = await newCreator();
    const source = await clip({ ...ordinary, seconds: 900, repeat: 90 });
    const videoId = await uploadClip(person.client, source);
    await videoIs(person.client, videoId, 'playable');
    const visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signIn(visitor, person);
    const { asked, answered } = watchRequests(page);
    await page.goto(`/watch/${videoId}?format=${format}`);
    await expect.poll(() => page.getByTestId('player').getAttribute('data-phase'), { timeout: 20_000 }).toBe('loaded');
    for (const place of places) {
      const number = Math.floor(place / 4) + 1;
      const [key, following] = [number, number + 1].map((n) => segmentKey(videoId, 1, '360p', n));
      expect([...(await mediaUnder(`media/${videoId}/1/360p/`)).keys()]).not.toContain(key);
      const { decodedAudioBytes } = await videoStatus(page);
      await page
        .getByTestId('player')
        .locator('video')
        .evaluate((element, at) => {
          (element as unknown as { currentTime: number }).currentTime = at;
        }, place);
      const wanted = numberAt(source, Math.floor(place * fps + 1e-6));
      await expect.poll(() => shownFrame(page), { timeout: 30_000 }).toBe(wanted);
      await expect.poll(() => asked.get(`/${following}`), { timeout: 15_000 }).toBeDefined();
      const stayedMs = (asked.get(`/${following}`) ?? 0) - (answered.get(`/${key}`) ?? Number.NaN);
      expect(stayedMs).toBeGreaterThan(500);
      await page
        .getByTestId('player')
        .locator('video')
        .evaluate((element) => (element as unknown as { play(): void }).play());
      await expect
        .poll(async () => (await videoStatus(page)).decodedAudioBytes, { timeout: 15_000 })
        .toBeGreaterThan(decodedAudioBytes);
      await page
        .getByTestId('player')
        .locator('video')
        .evaluate((element) => (element as unknown as { pause(): void }).pause());
    }
    expect(complaints).toEqual([]);
    await visitor.context.close();
    // Nobody wants the rest of it.
    await jobs().closeStage({ videoId, attempt: 1 }, 'encode', { code: 'internal', detail: 'the test is over' });
  },
);
