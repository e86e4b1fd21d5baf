import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, shot, signInOnPage, type Visitor } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { playerLoaded, videoStatus, watch } from '../commands/player.ts';
import { readyTitle } from '../commands/uploads.ts';

const browser = browserOfFile();
let person: Person;
let videoId: VideoId;
let visitor: Visitor;
beforeAll(async () => {
  person = await newCreator();
  videoId = await readyTitle(person.client, await clip({ ...ordinary, seconds: 9 }));
  visitor = await browser.visitor();
  await signInOnPage(visitor, person);
});

const read = () => person.client.content.getVideo({ params: { videoId } });
const saved = (page: Page) => expect.poll(() => page.getByTestId('edit-form').getAttribute('data-dirty')).toBe('false');

describe('the studio’s page of a video', () => {
  it('saves what is told of it, with chapters where the preview stands', async () => {
    const { page, complaints } = visitor;
    await page.goto(`/studio/videos/${videoId}`);
    await page.getByLabel('Title', { exact: true }).fill('A day by the sea');
    await page.getByLabel('Description').fill('Filmed in one take.\n\nMore: https://example.com/sea.');
    const tags = page.getByRole('combobox', { name: 'Tags' });
    for (const tag of ['sea', 'summer']) {
      await tags.fill(tag);
      await tags.press('Enter');
    }
    await page.getByRole('combobox', { name: 'Category' }).click();
    await page.getByRole('option', { name: 'Travel' }).click();
    const add = page.getByRole('button', { name: /^Add a chapter/ });
    await add.click();
    await page.getByLabel('Title of chapter 1').fill('There');
    await playerLoaded(page);
    await page.getByTestId('video').evaluate((element) => {
      (element as unknown as { currentTime: number }).currentTime = 5;
    });
    await add.click();
    expect(await page.getByLabel('Time of chapter 2').inputValue()).toBe('0:05');
    // A chapter without a title cannot be saved, and says so at its place.
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Title of chapter 2').fill('Back');
    await page.getByRole('combobox', { name: 'Who may watch it' }).click();
    await page.getByRole('option', { name: 'Anyone with the link' }).click();
    await shot(page, 'studio-video', true);
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    expect(await read()).toMatchObject({
      title: 'A day by the sea',
      tags: ['sea', 'summer'],
      category: 'travel',
      visibility: 'unlisted',
      chapters: [
        { startSeconds: 0, title: 'There' },
        { startSeconds: 5, title: 'Back' },
      ],
    });
    expect(complaints).toEqual([]);
  });

  it('puts together what was changed elsewhere, and asks where both changed the same', async () => {
    const { page, complaints } = visitor;
    await page.goto(`/studio/videos/${videoId}`);
    const title = page.getByLabel('Title', { exact: true });
    await title.fill('Mine');
    await person.client.content.updateVideo({ params: { videoId }, body: { tags: ['theirs'] } });
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    expect(await read()).toMatchObject({ title: 'Mine', tags: ['theirs'] });

    await title.fill('Mine again');
    await person.client.content.updateVideo({ params: { videoId }, body: { title: 'Theirs' } });
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Theirs').waitFor();
    expect(await read()).toMatchObject({ title: 'Theirs' });
    await dialog.getByRole('button', { name: 'Take what is there' }).click();
    await saved(page);
    expect(await title.inputValue()).toBe('Theirs');

    await title.fill('Mine at last');
    await person.client.content.updateVideo({ params: { videoId }, body: { title: 'Theirs too' } });
    await page.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('button', { name: 'Save mine over it' }).click();
    await saved(page);
    expect(await read()).toMatchObject({ title: 'Mine at last' });
    // Chromium itself reports the answers with which the conflicts were told.
    expect(complaints.filter((complaint) => !complaint.includes('status of 412'))).toEqual([]);
  });

  it('lets a time be chosen, in words that name its zone', async () => {
    const { page } = visitor;
    await page.goto(`/studio/videos/${videoId}`);
    await page.getByText('At a time').click();
    await page.getByLabel(/^Date and time in/).fill('2099-12-24T18:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    const chosen = await page.evaluate(() => new Date('2099-12-24T18:00').getTime());
    expect((await read()).publishAt).toBe(chosen);
    await page.getByText('Now', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
  });
});

it('many videos are changed at once from the list', async () => {
  const { page } = visitor;
  await page.goto('/studio');
  const boxes = page.getByRole('checkbox', { name: /^Select/ });
  await boxes.first().waitFor();
  await boxes.first().check();
  await page.getByRole('button', { name: 'Select all' }).click();
  await page.getByRole('button', { name: 'Edit selected' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Music' }).click();
  await dialog.getByRole('button', { name: /^Change \d+ video/ }).click();
  await expect.poll(() => page.getByTestId('bulk-bar').count()).toBe(0);
  expect(await read()).toMatchObject({ category: 'music' });
});

it('those who watch read what is told, and go by chapters, by mouse and by keyboard', async () => {
  await using stranger = await browser.visitor();
  const { page, complaints } = stranger;
  await watch(page, videoId);
  const link = page.getByTestId('description').getByRole('link', { name: 'https://example.com/sea' });
  expect(await link.getAttribute('rel')).toMatch(/noopener.*nofollow/);
  await expect.poll(() => page.getByTestId('chapter-mark').count()).toBe(1);
  await page.getByRole('button', { name: /0:05 ?Back/ }).click();
  const at = async () => Math.round((await videoStatus(page)).currentTime);
  await expect.poll(at).toBe(5);
  await expect.poll(() => page.getByTestId('chapter').textContent()).toBe('Back');
  await page.getByTestId('player').hover();
  await shot(page, 'watch-chapters', true);
  await page.keyboard.press('[');
  await expect.poll(at).toBe(0);
  await page.keyboard.press(']');
  await expect.poll(at).toBe(5);

  await person.client.content.updateVideo({ params: { videoId }, body: { visibility: 'members' } });
  await page.reload();
  await page.getByTestId('members-only').waitFor();
  // Chromium itself reports that the answer was a refusal.
  expect(complaints.filter((complaint) => !/status of (401|403)/.test(complaint))).toEqual([]);
});
