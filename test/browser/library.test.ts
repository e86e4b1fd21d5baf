import { beforeAll, describe, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, signInOnPage } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, newPerson, type Person } from '../commands/people.ts';
import { pressPlay, videoStatus } from '../commands/player.ts';
import { soon } from '../commands/soon.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

describe('a library', () => {
  const browser = browserOfFile();
  let creator: Person;
  let long: VideoId;
  let short: VideoId;
  beforeAll(async () => {
    creator = await newCreator();
    const small = { ...ordinary, width: 320, height: 180, sound: null };
    long = await uploadClip(creator.client, await clip({ ...small, seconds: 48 }));
    short = await uploadClip(creator.client, await clip({ ...small, seconds: 5 }));
    for (const videoId of [long, short]) {
      await videoIs(creator.client, videoId, 'ready');
      await creator.client.content.updateVideo({ params: { videoId }, body: { visibility: 'unlisted' } });
    }
  });

  it.concurrent('goes on where somebody stopped, on another device too, and lists what they watched', async ({
    expect,
  }) => {
    const person = await newPerson();
    await using visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, person);
    await page.goto(`/watch/${long}`);
    await pressPlay(page);
    await expect.poll(async () => (await videoStatus(page)).currentTime).toBeGreaterThan(1);
    // Keys skip ten seconds.
    await page.keyboard.press('l');
    await page.keyboard.press('k');
    const stopped = (await videoStatus(page)).currentTime;
    const kept = async () => (await person.client.history.getPosition({ params: { videoId: long } })).watched;
    await expect.poll(async () => (await kept())?.positionSeconds).toBeCloseTo(stopped, 0);

    await using elsewhere = await browser.visitor();
    await signInOnPage(elsewhere, person);
    // A page gives the site a second and a half to tell where somebody is, and then begins at the beginning.
    await soon(async () => {
      await elsewhere.page.goto(`/watch/${long}`);
      await elsewhere.page.getByTestId('resumed').waitFor({ timeout: 5_000 });
    });
    await expect
      .poll(async () => Math.abs((await videoStatus(elsewhere.page)).currentTime - stopped))
      .toBeLessThan(1.5);
    await elsewhere.page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(async () => (await videoStatus(elsewhere.page)).currentTime).toBeLessThan(1);

    await page.goto('/history');
    const line = page.locator(`[data-video="${long}"]`);
    await line.waitFor();
    await line.getByRole('button', { name: /^Remove/ }).click();
    await page.getByTestId('empty').waitFor();
    expect([...complaints, ...elsewhere.complaints]).toEqual([]);
  });

  it.concurrent('is filled from the watch page, put in order, and played one after another', async ({ expect }) => {
    const person = await newPerson();
    await using visitor = await browser.visitor();
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

    const lists = () => person.client.playlists.listOwnPlaylists({ query: { videoId: short } });
    await expect.poll(async () => (await lists()).playlists.map(({ contains }) => contains)).toContain(true);

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
    await page.waitForURL(`**/watch/${long}**`);
    await expect.poll(() => page.getByTestId('player').getAttribute('data-playing')).toBe('true');
    expect(complaints).toEqual([]);
  });
});
