import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { type OpenBrowser, openBrowser, signIn, videoStatus } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { pictureFacts } from '../commands/published.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

let browser: OpenBrowser;
let person: Person;
let videoId: VideoId;
beforeAll(async () => {
  browser = await openBrowser();
  person = await newCreator();
  const source = await clip({ ...ordinary, seconds: 9 });
  videoId = await uploadClip(person.client, source, { processing: { protection: 'cbcs' } });
  await videoIs(person.client, videoId, 'ready');
});
afterAll(() => browser.close());

it.each(['hls', 'dash'])('an encrypted title plays by %s, with a licence, to its end', async (format) => {
  const visitor = await browser.visitor();
  const { page, complaints } = visitor;
  await signIn(visitor, person);
  const licences: number[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('/license')) licences.push(response.status());
  });
  await page.goto(`/watch/${videoId}?format=${format}`);
  await expect.poll(() => page.getByTestId('player').getAttribute('data-phase'), { timeout: 20_000 }).toBe('loaded');
  await page.getByRole('button', { name: /^Play/ }).first().click();
  await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 15_000 }).toBeGreaterThan(0.5);
  await page.keyboard.press('k');
  await page
    .getByTestId('player')
    .locator('video')
    .evaluate((element) => {
      (element as unknown as { currentTime: number }).currentTime = 7.5;
    });
  // What is protected cannot be read out of the video element, but it is on the screen.
  await expect.poll(async () => (await videoStatus(page)).seeking, { timeout: 15_000 }).toBe(false);
  const picture = join(await mkdtemp(join(tmpdir(), 'screen-')), 'frame.png');
  await expect
    .poll(
      async () => {
        await page.getByTestId('player').locator('video').screenshot({ path: picture });
        return (await pictureFacts(picture)).contrast;
      },
      { timeout: 15_000 },
    )
    .toBeGreaterThan(30);
  await page.keyboard.press('k');
  await expect.poll(async () => (await videoStatus(page)).ended, { timeout: 20_000 }).toBe(true);
  expect((await videoStatus(page)).decodedAudioBytes).toBeGreaterThan(0);
  expect(licences).toContain(200);
  expect(complaints).toEqual([]);
  await visitor.context.close();
});
