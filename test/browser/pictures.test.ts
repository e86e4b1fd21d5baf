import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { ffmpeg } from '../commands/binaries.ts';
import { browserOfFile, signIn, signInOnPage, type Visitor } from '../commands/browser.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { seenFrames } from '../commands/frames.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { watch } from '../commands/player.ts';
import { readyTitle } from '../commands/uploads.ts';

const browser = browserOfFile();
let creator: Person;
let source: Clip;
let videoId: VideoId;
beforeAll(async () => {
  creator = await newCreator();
  source = await clip({ ...ordinary, width: 854, height: 480, seconds: 13.5, blackSeconds: 3 });
  videoId = await readyTitle(creator.client, source);
});

describe('the seek bar', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await browser.visitor();
    await signIn(visitor, creator);
    await watch(visitor.page, videoId);
  });
  afterAll(() => visitor.context.close());

  /** The number in the picture of the preview, as it is on the screen. */
  const previewed = async (): Promise<number | undefined> => {
    const picture = visitor.page.getByTestId('seek-preview').locator('div').first();
    const file = join(tmpdir(), `preview-${videoId}.png`);
    await writeFile(file, await picture.screenshot({ type: 'png' }));
    return (await seenFrames(file))[0]?.number;
  };

  it('shows, under the mouse, the picture of the place and its time', async () => {
    const { page } = visitor;
    const bar = await page.getByRole('slider', { name: 'Position' }).boundingBox();
    if (bar === null) expect.fail('no seek bar');
    for (const seconds of [5.5, 12.3, 3.2]) {
      await page.mouse.move(bar.x + (bar.width * seconds) / 13.5, bar.y + bar.height / 2);
      await expect.poll(previewed).toBe(numberAt(source, Math.floor(seconds) * 30));
      expect(await page.getByTestId('seek-preview').textContent()).toBe(
        `0:${String(Math.floor(seconds)).padStart(2, '0')}`,
      );
    }
    await page.mouse.move(0, 0);
    await expect.poll(() => page.getByTestId('seek-preview').count()).toBe(0);
  });

  it('shows it to the keyboard too, and complains of nothing', async () => {
    const { page, complaints } = visitor;
    await page.keyboard.press('Tab');
    for (let i = 0; i < 20 && !(await focused()); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await expect.poll(previewed).toBe(numberAt(source, 5 * 30));
    await page.keyboard.press('ArrowRight');
    await expect.poll(previewed).toBe(numberAt(source, 10 * 30));
    expect(complaints).toEqual([]);

    function focused() {
      return page.getByRole('slider', { name: 'Position' }).evaluate((slider) => slider.matches(':focus'));
    }
  });
});

describe('the studio', () => {
  it('offers frames of the video for its poster, and takes a picture of the creator’s own', async () => {
    await using visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signInOnPage(visitor, creator);
    await page.getByRole('button', { name: 'Poster', exact: true }).click();
    const chosen = page.getByRole('dialog').getByRole('button', { pressed: true });
    await expect.poll(() => chosen.getAttribute('aria-label')).toBe('Frame 1 of the video');
    expect(await page.getByRole('button', { name: /^Frame/ }).count()).toBe(3);
    await page.getByRole('button', { name: 'Frame 3 of the video' }).click();
    await expect.poll(() => chosen.getAttribute('aria-label')).toBe('Frame 3 of the video');
    const shown = page.getByTestId('video').locator('img').first();
    await expect.poll(() => shown.getAttribute('src')).toBe(`/media/${videoId}/1/posters/3.jpg`);

    const red = ['-f', 'lavfi', '-i', 'color=red:s=640x360', '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', '-'];
    const { stdout: buffer } = await ffmpeg(red);
    const input = page.getByTestId('picture-input');
    await input.setInputFiles({ name: 'red.png', mimeType: 'image/png', buffer });
    await expect.poll(() => chosen.getAttribute('aria-label')).toBe('Your picture');
    await expect.poll(() => shown.getAttribute('src')).toContain(`/media/${videoId}/pictures/`);
    expect(complaints).toEqual([]);

    // What is no picture is refused by what is in it, and nothing else changes.
    await input.setInputFiles({ name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
    await page.getByRole('alert').filter({ hasText: 'not a picture' }).waitFor();
    expect(await chosen.getAttribute('aria-label')).toBe('Your picture');
  });
});
