import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UploadId } from '../../domain/ids.ts';
import { reasons } from '../../domain/video/reasons.ts';
import { browserOfFile, signInOnPage, type Visitor } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { padded, peekedBytes } from '../commands/peeks.ts';
import { newCreator, type Person } from '../commands/people.ts';

const browser = browserOfFile();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peek-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The studio of a new creator, at a line that takes the ends of a file and none of its parts. */
async function studio(): Promise<Visitor & { readonly creator: Person }> {
  const creator = await newCreator();
  const visitor = await browser.visitor();
  await visitor.page.route(
    (url) => url.searchParams.has('partNumber'),
    async (route) => {
      if (route.request().method() !== 'PUT') await route.continue();
    },
  );
  await signInOnPage(visitor, creator);
  return { ...visitor, creator };
}

async function choose({ page }: Visitor, name: string, bytes: Buffer) {
  const file = join(folder, name);
  await writeFile(file, bytes);
  await page.getByTestId('file-input').setInputFiles(file);
  const row = page.getByTestId('upload');
  await row.waitFor();
  return row;
}

it('a creator sees that a file can be used, how long it is, what it will be made in and how it looks, before a part of it is there', async () => {
  await using visitor = await studio();
  const source = await clip({ ...ordinary, width: 320, height: 180, seconds: 6 });
  const row = await choose(visitor, 'film.mp4', padded(await readFile(source.file), { before: 'moov' }));
  await row.getByText('This file can be used: 0:06 long, to be made in 180p').waitFor();
  await expect
    .poll(() => row.getByTestId('peek').locator('img').getAttribute('src'))
    .toMatch(/^data:image\/jpeg;base64,/);
  expect(await row.getAttribute('data-state')).toBe('sending');
  expect(await row.getAttribute('data-parts')).toBe('0');
});

it('a file that is of no use stops its upload, with the reason', async () => {
  await using visitor = await studio();
  const row = await choose(visitor, 'diary.mp4', Buffer.alloc(peekedBytes, 'Dear diary. '));
  await row.getByRole('alert').filter({ hasText: reasons['not-media'].sentence }).waitFor();
  expect(await row.getAttribute('data-state')).toBe('rejected');
  const uploadId = UploadId.parse(await row.getAttribute('data-upload'));
  expect(await visitor.creator.client.upload.getUpload({ params: { uploadId } })).toMatchObject({
    state: 'aborted',
    parts: [],
  });
});
