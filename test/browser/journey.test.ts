import { randomUUID } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partCount, partSizeBytes } from '../../domain/upload/parts.ts';
import { demoClip } from '../../local/demo-clip.ts';
import { browserOfFile, screenshots, shot } from '../commands/browser.ts';
import { confirmationCode, localCloud } from '../commands/local-cloud.ts';
import { pressPlay, videoOf, videoStatus } from '../commands/player.ts';

/** The clip of `npm start` with a `free` box behind it: plays as before, and is large enough to travel in several parts. */
async function paddedClip(megabytes: number): Promise<string> {
  const file = await demoClip();
  const padding = Buffer.alloc(megabytes * 1024 * 1024);
  padding.writeUInt32BE(padding.length, 0);
  padding.write('free', 4, 'latin1');
  const padded = join(screenshots, 'Welcome to Sluice.mp4');
  await mkdir(screenshots, { recursive: true });
  await writeFile(padded, Buffer.concat([await readFile(file), padding]));
  return padded;
}

describe('a new creator', () => {
  const browser = browserOfFile();

  it('registers, uploads over a reload of the page, and watches while the rest is being encoded', async () => {
    const { page, complaints } = await browser.visitor();
    const email = `${randomUUID()}@test.example`;
    await page.goto('/register');
    await page.getByLabel('Name').fill('Ada Creator');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').first().fill(`Test-${randomUUID()}`);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByLabel('Code').fill(confirmationCode);
    await page.locator('button[type=submit]').click();
    await page.waitForURL('**/studio');

    // Storage takes one part and then nothing, until the page has been loaded anew.
    const sent: number[] = [];
    let open = false;
    await page.route(
      (url) => url.searchParams.has('partNumber'),
      async (route) => {
        const number = Number(new URL(route.request().url()).searchParams.get('partNumber'));
        if (route.request().method() === 'PUT' && !open && number > 1) return;
        if (route.request().method() === 'PUT') sent.push(number);
        await route.continue();
      },
    );
    const file = await paddedClip(24);
    await page.getByTestId('file-input').setInputFiles(file);
    const upload = page.getByTestId('upload');
    await expect.poll(() => upload.getAttribute('data-parts')).toBe('1');
    const uploadId = await upload.getAttribute('data-upload');

    // Who stays goes on, and is told how it would go on; who leaves all the same finds it there.
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.evaluate('location.reload()');
    await page.getByText('choose the same file again').waitFor();
    expect(await upload.getAttribute('data-state')).toBe('sending');
    await page.reload();
    open = true;
    await upload.first().waitFor();
    expect(await upload.getAttribute('data-state')).toBe('interrupted');
    expect(await upload.getAttribute('data-upload')).toBe(uploadId);
    await upload.getByRole('button', { name: 'Continue' }).click();
    const row = page.getByTestId('video').first();
    await expect.poll(() => row.getAttribute('data-state'), { timeout: 60_000 }).toMatch(/processing|playable|ready/);
    expect(sent.filter((number) => number === 1)).toEqual([1]);
    const { size } = await stat(file);
    const parts = partCount(size, partSizeBytes(size));
    expect([...new Set(sent)].sort((a, b) => a - b)).toEqual(Array.from({ length: parts }, (_, i) => i + 1));

    const videoId = await row.getAttribute('data-video');
    await page.goto(`/watch/${videoId}`);
    await videoOf(page).waitFor({ timeout: 60_000 });
    await pressPlay(page);
    await expect.poll(async () => (await videoStatus(page)).currentTime).toBeGreaterThan(1);
    expect((await videoStatus(page)).decodedAudioBytes).toBeGreaterThan(0);
    await expect.poll(() => page.getByTestId('watch').getAttribute('data-state'), { timeout: 90_000 }).toBe('ready');
    await page.getByTestId('player').hover();
    await shot(page, 'watch');
    await page.goto('/studio');
    await page.getByTestId('video').first().waitFor();
    await shot(page, 'studio');
    // Nothing is on its way any more: nobody is asked.
    expect(asked).toEqual(['beforeunload', 'beforeunload']);
    expect(complaints.filter((c) => !isExpected(c))).toEqual([]);
  });

  it('is told that an address or a password is wrong', async () => {
    const { page } = await browser.visitor();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('nobody@test.example');
    await page.getByLabel('Password').first().fill('Wrong-password-1');
    await page.locator('button[type=submit]').click();
    await expect.poll(() => page.getByRole('alert').first().textContent()).toMatch(/wrong/i);
    expect(page.url()).toContain(`${localCloud().site}/sign-in`);
  });
});

/** Chromium itself reports what a title that is still being encoded answers, and that nobody is signed in yet. */
const isExpected = (complaint: string) => /status of (404|401)/.test(complaint);
