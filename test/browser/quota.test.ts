import { expect, it } from 'vitest';
import { environments } from '../../lib/config/environments.ts';
import { browserOfFile, signInOnPage } from '../commands/browser.ts';
import { newCreator } from '../commands/people.ts';

const browser = browserOfFile();

it('a creator sees how far a quota is used once it is over half, and why a file is not taken', async () => {
  const { bytesPerDay } = environments().local.uploads;
  const creator = await newCreator();
  const claim = (share: number) =>
    creator.client.upload.createUpload({
      body: { fileName: 'film.mp4', contentType: 'video/mp4', sizeBytes: Math.floor(bytesPerDay * share) },
    });
  await using visitor = await browser.visitor();
  const { page } = visitor;
  await claim(0.4);
  await signInOnPage(visitor, creator);
  await page.getByText('film.mp4').waitFor();
  expect(await page.getByTestId('quota').count()).toBe(0);

  await claim(0.6);
  await page.reload();
  await page.getByTestId('quota').getByText('Uploaded today').waitFor();
  expect(await page.getByRole('progressbar', { name: 'Uploaded today: 6.0 TB of 6.0 TB' }).count()).toBe(1);
  expect(await page.getByTestId('quota').getByText('Kept in all').count()).toBe(0);

  const file = { name: 'one-more.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no film') };
  await page.getByTestId('file-input').setInputFiles(file);
  await page.getByText(/this file does not fit into what is left of today's/).waitFor();
});
