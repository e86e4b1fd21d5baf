import { beforeAll, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, shot, signInOnPage, type Visitor } from '../commands/browser.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { uploadWhole, videoIs } from '../commands/uploads.ts';

const browser = browserOfFile();
let person: Person;
let videoId: VideoId;
let visitor: Visitor;
beforeAll(async () => {
  person = await newCreator();
  videoId = await uploadWhole(person.client, Buffer.from('no film'), { fileName: 'A day at the sea.mp4' });
  await videoIs(person.client, videoId, 'rejected');
  visitor = await browser.visitor();
  await signInOnPage(visitor, person);
});

it('the studio deletes with an undo, and the trash gives back or lets go for good', async () => {
  const { page, complaints } = visitor;
  const row = page.locator(`[data-testid="video"][data-video="${videoId}"]`);
  const deleted = page.locator(`[data-testid="deleted-video"][data-video="${videoId}"]`);
  await page.goto('/studio');
  await page.getByRole('button', { name: 'Delete “A day at the sea”' }).click();
  await row.waitFor({ state: 'detached' });
  await shot(page, 'studio-deleted');
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor();

  await page.getByRole('button', { name: 'Delete “A day at the sea”' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Trash' }).click();
  await deleted.getByText('30 days left').waitFor();
  await shot(page, 'trash');
  await page.setViewportSize({ width: 390, height: 800 });
  await shot(page, 'trash-phone');
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
