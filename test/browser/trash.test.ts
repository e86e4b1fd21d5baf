import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { type OpenBrowser, openBrowser, signInOnPage, type Visitor } from '../commands/browser.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { uploadWhole, videoIs } from '../commands/uploads.ts';

const screenshots = resolve(import.meta.dirname, '../../.sluice/screenshots');

let browser: OpenBrowser;
let person: Person;
let videoId: VideoId;
let visitor: Visitor;
beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  [browser, person] = await Promise.all([openBrowser(), newCreator()]);
  videoId = await uploadWhole(person.client, Buffer.from('no film'), { fileName: 'A day at the sea.mp4' });
  await videoIs(person.client, videoId, 'rejected');
  visitor = await browser.visitor();
  await signInOnPage(visitor, person);
});
afterAll(() => browser.close());

it('the studio deletes with an undo, and the trash gives back or lets go for good', async () => {
  const { page, complaints } = visitor;
  const row = page.locator(`[data-testid="video"][data-video="${videoId}"]`);
  const deleted = page.locator(`[data-testid="deleted-video"][data-video="${videoId}"]`);
  await page.goto('/studio');
  await page.getByRole('button', { name: 'Delete “A day at the sea”' }).click();
  await row.waitFor({ state: 'detached' });
  await page.screenshot({ path: join(screenshots, 'studio-deleted.png') });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor();

  await page.getByRole('button', { name: 'Delete “A day at the sea”' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Trash' }).click();
  await deleted.getByText('30 days left').waitFor();
  await page.screenshot({ path: join(screenshots, 'trash.png') });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.screenshot({ path: join(screenshots, 'trash-phone.png') });
  await deleted.getByRole('button', { name: /^Restore/ }).click();
  await page.getByText('The trash is empty').waitFor();
  expect((await person.client.content.getVideo({ params: { videoId } })).state).toBe('rejected');

  await person.client.content.deleteVideo({ params: { videoId } });
  await page.reload();
  await deleted.getByRole('button', { name: /for good$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await page.getByText('The trash is empty').waitFor();
  const restored = person.client.content.restoreVideos({ body: { videoIds: [videoId] } });
  expect(await restored).toEqual({ done: [], refused: [videoId] });
  expect(complaints).toEqual([]);
});
