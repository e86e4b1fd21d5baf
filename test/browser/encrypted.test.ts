import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, signIn } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { formats, pressPlay, seek, videoOf, videoStatus, watch } from '../commands/player.ts';
import { pictureFacts } from '../commands/published.ts';
import { readyTitle } from '../commands/uploads.ts';

const browser = browserOfFile();
let person: Person;
let videoId: VideoId;
beforeAll(async () => {
  person = await newCreator();
  const source = await clip({ ...ordinary, seconds: 9 });
  videoId = await readyTitle(person.client, source, { processing: { protection: 'cbcs' } });
});

it.concurrent.for(formats)('an encrypted title plays by %s, with a licence, to its end', async (format, { expect }) => {
  await using visitor = await browser.visitor();
  const { page, complaints } = visitor;
  await signIn(visitor, person);
  const licences: number[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('/license')) licences.push(response.status());
  });
  await watch(page, videoId, format);
  await pressPlay(page);
  await expect.poll(async () => (await videoStatus(page)).currentTime).toBeGreaterThan(0.5);
  await page.keyboard.press('k');
  await seek(page, 7.5);
  // What is protected cannot be read out of the video element, but it is on the screen.
  await expect.poll(async () => (await videoStatus(page)).seeking).toBe(false);
  const picture = join(await mkdtemp(join(tmpdir(), 'screen-')), 'frame.png');
  await expect
    .poll(
      async () => {
        await videoOf(page).screenshot({ path: picture });
        return (await pictureFacts(picture)).contrast;
      },
      { timeout: 15_000 },
    )
    .toBeGreaterThan(30);
  await page.keyboard.press('k');
  await expect.poll(async () => (await videoStatus(page)).ended).toBe(true);
  expect((await videoStatus(page)).decodedAudioBytes).toBeGreaterThan(0);
  expect(licences).toContain(200);
  expect(complaints).toEqual([]);
});
