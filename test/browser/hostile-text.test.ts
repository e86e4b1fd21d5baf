import { beforeAll, describe, expect, it } from 'vitest';
import type { PlaylistId, VideoId } from '../../domain/ids.ts';
import { browserOfFile, signInOnPage, type Visitor } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newPerson, type Person } from '../commands/people.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

/** Everything that people can write, written to run in the page of whoever reads it. */
const attack = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>{{7*7}}';
const tag = '<svg onload=globalThis.ran=1>';
const link = 'javascript:globalThis.ran=1//https://evil.example/"onclick="globalThis.ran=1';
const captions = `WEBVTT\n\nSTYLE\n::cue { background: url(//evil.example) }\n\n00:00.000 --> 00:04.000\n<v ${tag}>${attack}\n`;

const browser = browserOfFile();
let writer: Person;
let videoId: VideoId;
let playlistId: PlaylistId;
let visitor: Visitor;

beforeAll(async () => {
  writer = await newPerson();
  const { content, community, history, people, playlists } = writer.client;
  videoId = await uploadClip(writer.client, await clip({ ...ordinary, width: 320, height: 180, seconds: 4 }));
  await videoIs(writer.client, videoId, 'ready');
  const params = { videoId };
  await people.updateMe({ body: { name: attack } });
  await people.updateMyChannel({ body: { name: attack, description: `${attack}\n${link}` } });
  await content.updateVideo({
    params,
    body: {
      title: attack,
      description: `${attack}\n${link}`,
      tags: [tag, '"><b>', '__proto__'],
      chapters: [{ startSeconds: 0, title: attack }],
      visibility: 'public',
      // A language whose extensions no list of names knows.
      language: 'en-u-ca-gregory',
    },
  });
  await content.putCaptions({
    params: { ...params, name: 'en-subtitles' },
    body: { language: 'en-x-private', kind: 'subtitles', label: attack, text: captions },
  });
  const { commentId } = await community.postComment({ params, body: { text: `${attack}\n${link}` } });
  await community.postComment({ params, body: { text: attack, replyTo: commentId } });
  ({ playlistId } = await playlists.createPlaylist({
    body: { title: attack, description: attack, visibility: 'public' },
  }));
  await playlists.addToPlaylist({ params: { playlistId, videoId } });
  const startedAt = Date.now();
  await history.savePosition({ params, body: { positionSeconds: 2, startedAt, watchedAt: startedAt } });
  visitor = await browser.visitor();
});

/** The page shows what was written, as it was written, and made nothing of it. */
async function isOnlyShown({ page, complaints }: Visitor, path: string, text = attack): Promise<void> {
  await page.goto(path);
  await page.getByText(text, { exact: false }).first().waitFor();
  const made = 'img[src="x"], [onerror], [onload], [onclick], script:not([src]), a[href^="javascript:"]';
  expect(await page.locator(made).count(), path).toBe(0);
  expect(await page.evaluate('globalThis.ran'), path).toBeUndefined();
  expect(complaints, path).toEqual([]);
}

describe('what somebody wrote to run in the pages of others', () => {
  it('is text to a visitor, wherever it is shown', async () => {
    for (const path of ['/', `/watch/${videoId}`, `/c/${writer.userId}`, `/playlist/${playlistId}`]) {
      await isOnlyShown(visitor, path);
    }
    await visitor.page.goto(`/c/${writer.userId}?tab=playlists`);
    await isOnlyShown(visitor, `/watch/${videoId}?list=${playlistId}`);
  });

  it('is text in captions too, and in the names of their tracks', async () => {
    const { page, complaints } = visitor;
    await page.goto(`/watch/${videoId}`);
    await expect.poll(() => page.getByTestId('player').getAttribute('data-phase')).toBe('loaded');
    await page.getByRole('button', { name: 'Subtitles: Off' }).click();
    await page.getByRole('menuitemradio', { name: attack }).click();
    await expect.poll(() => page.getByTestId('text').innerText()).toContain('{{7*7}}');
    expect(await page.getByTestId('text').locator('img, script, svg').count()).toBe(0);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it('is text to its writer, in the studio and the library', async () => {
    const own = await browser.visitor();
    await signInOnPage(own, writer);
    for (const path of ['/studio', '/library', '/history']) await isOnlyShown(own, path);
    await own.page.goto(`/studio/videos/${videoId}`);
    await expect.poll(() => own.page.getByLabel('Title', { exact: true }).inputValue()).toBe(attack);
    expect(await own.page.evaluate('globalThis.ran')).toBeUndefined();
    await own.page.goto('/account');
    await expect.poll(() => own.page.getByLabel('Description').inputValue()).toContain(attack);
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });

  it('is text to the admin who looks at its writer', async () => {
    const [admin, seen] = await Promise.all([newPerson({ roles: ['admin'] }), browser.visitor()]);
    await signInOnPage(seen, admin);
    await isOnlyShown(seen, `/admin/users/${writer.userId}`);
    await seen.context.close();
  });
});

describe('a link that says where to go after signing in', () => {
  it.each(['/.//evil.example/', '//evil.example/'])('leads to no other site: %s', async (next) => {
    const asked = await browser.visitor();
    const { page } = asked;
    const away: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('evil')) away.push(request.url());
    });
    // By who has yet to sign in, and by who has.
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel('E-mail').fill(writer.email);
    await page.getByLabel('Password').first().fill(writer.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL(({ pathname }) => pathname === '/studio');
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.waitForURL(({ pathname }) => pathname === '/studio');
    // A request for another page of the first would have its query, which names it.
    expect(away.filter((url) => !url.includes('/sign-in?next='))).toEqual([]);
    expect(asked.complaints).toEqual([]);
    await asked.context.close();
  });
});
