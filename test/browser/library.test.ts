import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { type OpenBrowser, openBrowser, signInOnPage, videoStatus } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

describe('a library', () => {
  let browser: OpenBrowser;
  let person: Person;
  let long: VideoId;
  let short: VideoId;
  beforeAll(async () => {
    browser = await openBrowser();
    person = await newCreator();
    const small = { ...ordinary, width: 320, height: 180, sound: null };
    long = await uploadClip(person.client, await clip({ ...small, seconds: 48 }));
    short = await uploadClip(person.client, await clip({ ...small, seconds: 5 }));
    for (const videoId of [long, short]) await videoIs(person.client, videoId, 'ready');
  });
  afterAll(() => browser.close());

  it('goes on where somebody stopped, on another device too, and lists what they watched', async () => {
    const visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, person);
    await page.goto(`/watch/${long}`);
    await page.getByRole('button', { name: /^Play/ }).first().click();
    await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 20_000 }).toBeGreaterThan(1);
    // Keys skip ten seconds.
    await page.keyboard.press('l');
    await page.keyboard.press('k');
    await expect
      .poll(async () => (await person.client.history.getPosition({ params: { videoId: long } })).watched)
      .toMatchObject({ videoId: long });
    const stopped = (await videoStatus(page)).currentTime;

    const elsewhere = await browser.visitor();
    await signInOnPage(elsewhere, person);
    await elsewhere.page.goto(`/watch/${long}`);
    await elsewhere.page.getByTestId('resumed').waitFor();
    expect(Math.abs((await videoStatus(elsewhere.page)).currentTime - stopped)).toBeLessThan(1.5);
    await elsewhere.page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(async () => (await videoStatus(elsewhere.page)).currentTime).toBeLessThan(1);

    await page.goto('/history');
    const line = page.locator(`[data-video="${long}"]`);
    await line.waitFor();
    await line.getByRole('button', { name: /^Remove/ }).click();
    await page.getByTestId('empty').waitFor();
    expect([...complaints, ...elsewhere.complaints]).toEqual([]);
  });

  it('is filled from the watch page, put in order, and played one after another', async () => {
    const visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, person);
    await page.goto(`/watch/${long}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'New playlist' }).click();
    await page.getByLabel('Title').fill('Rainy days');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.goto(`/watch/${short}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByLabel('Rainy days').check();
    await page.getByLabel('Watch later').check();
    await expect.poll(async () => (await person.client.playlists.listWatchLater()).count).toBe(1);

    await page.goto('/library');
    await page.getByTestId('playlist').click();
    const videos = page.getByTestId('video-line');
    const order = () => videos.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-video')));
    await expect.poll(order).toEqual([long, short]);
    await videos
      .nth(1)
      .getByRole('button', { name: /^Actions/ })
      .click();
    await page.getByRole('menuitem', { name: 'Move to the top' }).click();
    await expect.poll(order).toEqual([short, long]);

    await page.getByText('Play all').click();
    await page.getByTestId('queue').waitFor();
    expect(page.url()).toContain(short);
    // Who comes from a list has chosen it: it plays by itself, and so does what comes after it.
    await page.waitForURL(`**/watch/${long}**`, { timeout: 30_000 });
    await expect.poll(() => page.getByTestId('player').getAttribute('data-playing'), { timeout: 20_000 }).toBe('true');
    expect(complaints).toEqual([]);
  });
});
