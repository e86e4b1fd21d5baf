import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, signInOnPage, type Visitor } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { playerLoaded, videoStatus } from '../commands/player.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

const browser = browserOfFile();
let creator: Person;
let videoId: VideoId;
const patience = { timeout: 15_000 };
beforeAll(async () => {
  creator = await newCreator();
  const source = await clip({ ...ordinary, width: 320, height: 180, sound: null, seconds: 40 });
  videoId = await uploadClip(creator.client, source);
  await videoIs(creator.client, videoId, 'ready');
  await creator.client.content.updateVideo({
    params: { videoId },
    body: { visibility: 'unlisted', description: 'The best of it: 0:21' },
  });
});

const open = async ({ page }: Visitor, search = '') => {
  await page.goto(`/watch/${videoId}${search}`);
  await playerLoaded(page);
};
const position = async ({ page }: Visitor) => (await videoStatus(page)).currentTime;

describe('the player', () => {
  it('begins at the second that a link names, goes to those that people write, and makes such links', async () => {
    const visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await open(visitor, '?t=0m12s');
    await expect.poll(() => position(visitor), patience).toBeCloseTo(12, 0);
    await page.getByRole('button', { name: '0:21' }).click();
    await expect.poll(() => position(visitor), patience).toBeGreaterThan(21);
    await page.keyboard.press('k');
    await page.getByRole('button', { name: 'Share' }).click();
    const link = page.getByRole('textbox', { name: 'Link' });
    expect(await link.inputValue()).toMatch(new RegExp(`/watch/${videoId}$`));
    await page.getByLabel(/^Start at 0:2/).check();
    expect(await link.inputValue()).toMatch(new RegExp(`/watch/${videoId}\\?t=2\\d$`));
    expect(complaints).toEqual([]);
    await visitor.context.close();
  });

  it('obeys the keys that people know, says what came of them, and is as loud the next time', async () => {
    const visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await open(visitor);
    const echo = page.getByTestId('echo');
    await page.keyboard.press('>');
    await expect.poll(() => echo.textContent()).toBe('1.25×');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => echo.textContent()).toBe('Volume 80 %');
    await page.keyboard.press('l');
    await expect.poll(() => echo.textContent()).toBe('+10 s');
    await expect.poll(() => position(visitor), patience).toBeCloseTo(10, 0);
    await page.keyboard.press('?');
    await page.getByTestId('key-legend').getByText('Picture in picture').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('key-legend').count()).toBe(0);
    await open(visitor);
    await expect.poll(() => page.getByRole('slider', { name: 'Volume' }).inputValue()).toBe('0.8');
    expect(complaints).toEqual([]);
    await visitor.context.close();
  });

  it('shows a finger its controls before it obeys it, and skips by two taps', async () => {
    const visitor = await browser.visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const { page, complaints } = visitor;
    await open(visitor);
    const player = page.getByTestId('player');
    const picture = page.getByTestId('video');
    const box = (await player.boundingBox()) ?? expect.fail('no player');
    const full = (await player.getByRole('button', { name: 'Full screen' }).boundingBox()) ?? expect.fail('no button');
    expect(full.x + full.width).toBeLessThanOrEqual(box.x + box.width);

    await page.getByRole('button', { name: /^Play “/ }).tap();
    await expect.poll(() => player.getAttribute('data-idle'), patience).toBe('true');
    const left = { position: { x: 40, y: 40 } };
    await picture.tap(left);
    await expect.poll(() => player.getAttribute('data-idle')).toBe('false');
    expect(await player.getAttribute('data-playing')).toBe('true');

    const before = await position(visitor);
    const right = { x: box.x + box.width - 40, y: box.y + 40 };
    // Both on their way at once: further apart than a third of a second they would be two.
    await Promise.all([page.touchscreen.tap(right.x, right.y), page.touchscreen.tap(right.x, right.y)]);
    await expect.poll(() => position(visitor), patience).toBeGreaterThan(before + 9);
    expect(complaints).toEqual([]);
    await visitor.context.close();
  });
});

describe('the studio', () => {
  it('lets nobody leave what they have written by a slip', async () => {
    const visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, creator);
    await page.goto(`/studio/videos/${videoId}`);
    const title = page.getByRole('textbox', { name: 'Title', exact: true });
    await title.fill('Half a thought');
    await page.getByRole('link', { name: 'My videos' }).click();
    await page.getByRole('button', { name: 'Stay here' }).click();
    expect(await title.inputValue()).toBe('Half a thought');
    await page.getByRole('link', { name: 'My videos' }).click();
    await page.getByRole('button', { name: 'Discard the changes' }).click();
    await page.waitForURL(({ pathname }) => pathname === '/studio');
    expect(complaints).toEqual([]);
    await visitor.context.close();
  });
});
