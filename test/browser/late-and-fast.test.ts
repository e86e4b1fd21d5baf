import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenBrowser, openBrowser, signIn, videoStatus } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator } from '../commands/people.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

let browser: OpenBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A line of 8 Mbit/s, and segments that come 4 s late. */
const lineBps = 8_000_000;
const lateMs = 4_000;

it('waiting for segments does not make a line look slow', async () => {
  const person = await newCreator();
  const videoId = await uploadClip(person.client, await clip({ ...ordinary, seconds: 20 }));
  await videoIs(person.client, videoId, 'ready');
  const visitor = await browser.visitor();
  const { page, context } = visitor;
  await signIn(visitor, person);
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: lineBps / 8,
    uploadThroughput: lineBps / 8,
  });
  let late = 0;
  await page.route(/\.m4s$/, async (route) => {
    late++;
    await new Promise((resolve) => setTimeout(resolve, lateMs));
    // The page may have left meanwhile.
    await route.continue().catch(() => undefined);
  });
  await page.goto(`/watch/${videoId}`);
  await expect.poll(() => page.getByTestId('player').getAttribute('data-phase'), { timeout: 30_000 }).toBe('loaded');
  await page.getByRole('button', { name: /^Play/ }).first().click();
  await page.keyboard.press('i');
  await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 60_000 }).toBeGreaterThan(9);
  expect(late).toBeGreaterThan(4);
  const downlink = Number(await page.getByTestId('stream-info').getAttribute('data-downlink'));
  expect(downlink).toBeGreaterThan(6_000_000);
  expect(downlink).toBeLessThan(lineBps * 1.3);
  await page.keyboard.press('i');
  await expect.poll(() => page.getByTestId('stream-info').count()).toBe(0);
  await context.close();
});
