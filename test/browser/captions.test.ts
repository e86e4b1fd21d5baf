import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, signIn, signInOnPage } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { seek, videoStatus, watch } from '../commands/player.ts';
import { srtCue, subtitled } from '../commands/subtitled-clip.ts';
import { uploadWhole, videoIs } from '../commands/uploads.ts';

const browser = browserOfFile();
let person: Person;
let videoId: VideoId;
beforeAll(async () => {
  person = await newCreator();
  const bytes = await subtitled(await clip({ ...ordinary, seconds: 9 }), {
    container: 'mkv',
    tracks: [{ codec: 'subrip', language: 'eng', title: 'English', text: srtCue(2, 4, 'Two') + srtCue(6, 8, 'Six') }],
  });
  videoId = await uploadWhole(person.client, bytes, { fileName: 'said.mkv', contentType: 'video/x-matroska' });
  await videoIs(person.client, videoId, 'ready');
});

/** The text on the picture now. */
const shownText = async (page: Page) => (await page.getByTestId('text').innerText()).trim();

const textAt = async (page: Page, seconds: number) => {
  await seek(page, seconds);
  await expect.poll(async () => (await videoStatus(page)).seeking).toBe(false);
  return expect.poll(() => shownText(page));
};

it('a creator adds subtitles to a video, and is told the line of a file that is none', async () => {
  await using visitor = await browser.visitor();
  const { page, complaints } = visitor;
  await signInOnPage(visitor, person);
  await page.getByRole('button', { name: /^Subtitles of/ }).click();
  const dialog = page.getByRole('dialog');
  await expect.poll(() => dialog.getByTestId('captions').count()).toBe(1);
  await dialog.getByLabel('Language').first().fill('German');
  await page.getByRole('option', { name: 'German', exact: true }).click();
  const give = (text: string) =>
    dialog.locator('input[type=file]').setInputFiles({ name: 'de.srt', mimeType: '', buffer: Buffer.from(text) });
  await give('1\n00:00:02,000 -> 00:00:04,000\nZwei\n');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => dialog.getByRole('alert').textContent()).toContain('Line 2');
  await give(srtCue(2, 4, 'Zwei'));
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => dialog.getByTestId('captions').allTextContents()).toHaveLength(2);
  await dialog.getByRole('button', { name: /^Delete “Deutsch”/ }).click();
  await expect.poll(() => dialog.getByTestId('captions').count()).toBe(1);
  expect(complaints).toEqual([]);
});

it.each([
  ['hls', 'dash'],
  ['dash', 'hls'],
] as const)(
  'text is shown at its time by %s when it is chosen, and by %s without choosing again',
  async (format, other) => {
    await using visitor = await browser.visitor();
    const { page, complaints } = visitor;
    await signIn(visitor, person);
    await watch(page, videoId, format);
    await (await textAt(page, 3)).toBe('');
    await page.getByRole('button', { name: 'Subtitles: Off' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await (await textAt(page, 3)).toBe('Two');
    await (await textAt(page, 5)).toBe('');
    await (await textAt(page, 7)).toBe('Six');
    await page.keyboard.press('c');
    await expect.poll(() => shownText(page)).toBe('');
    await page.keyboard.press('c');
    await expect.poll(() => shownText(page)).toBe('Six');

    await watch(page, videoId, other);
    await (await textAt(page, 7)).toBe('Six');
    expect(complaints).toEqual([]);
  },
);
