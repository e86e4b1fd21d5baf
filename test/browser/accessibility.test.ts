import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlaylistId, VideoId } from '../../domain/ids.ts';
import { barriers } from '../commands/accessibility.ts';
import { browserOfFile, signInOnPage, type Visitor } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { listedVideo } from '../commands/listed-video.ts';
import { newPerson, type Person } from '../commands/people.ts';
import { soon } from '../commands/soon.ts';
import { srtCue } from '../commands/subtitled-clip.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

const browser = browserOfFile();
let creator: Person;
let videoId: VideoId;
let playlistId: PlaylistId;
beforeAll(async () => {
  creator = await newPerson();
  const { client } = creator;
  videoId = await uploadClip(client, await clip({ ...ordinary, width: 320, height: 180, seconds: 5 }));
  await listedVideo(creator, { state: 'rejected', reason: { code: 'no-video-track', detail: 'sound only' } });
  await videoIs(client, videoId, 'ready');
  const params = { videoId };
  await client.content.updateVideo({
    params,
    body: {
      visibility: 'public',
      description: 'From 0:02 on, see https://example.com',
      tags: ['rain'],
      licence: 'cc-by-4.0',
      chapters: [
        { startSeconds: 0, title: 'Before' },
        { startSeconds: 2, title: 'After' },
      ],
    },
  });
  await client.content.putCaptions({
    params: { videoId, name: 'en' },
    body: { language: 'en', kind: 'captions', text: srtCue(1, 4, 'Said') },
  });
  await client.community.postComment({ params, body: { text: 'Look at 0:03' } });
  await client.history.savePosition({
    params,
    body: { positionSeconds: 3, durationSeconds: 5, watchedAt: Date.now(), startedAt: Date.now() },
  });
  ({ playlistId } = await client.playlists.createPlaylist({
    body: { title: 'Rainy days', description: '', visibility: 'public' },
  }));
  await client.playlists.addToPlaylist({ params: { playlistId, videoId } });
});

/** Goes there, and waits until nothing more is on its way. */
async function settled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await soon(async () => expect(await page.locator('[aria-busy="true"], [class*="Skeleton-root"]').count()).toBe(0));
}

/** Who looks at which pages. */
const visits: [string, () => Person | undefined | Promise<Person>, string[]][] = [
  [
    'somebody who has not signed in',
    () => undefined,
    [
      '/',
      '/sign-in',
      '/register',
      '/forgot-password',
      '/nowhere',
      `/watch/VIDEO`,
      '/c/CREATOR',
      '/c/CREATOR?tab=playlists',
    ],
  ],
  [
    'a creator',
    () => creator,
    [
      '/?kind=subscriptions',
      '/watch/VIDEO?list=PLAYLIST',
      '/studio',
      '/studio/videos/VIDEO',
      '/studio/trash',
      '/account',
      '/account/security',
      '/library',
      '/history',
      '/liked',
      '/playlist/PLAYLIST',
      '/playlist/watch-later',
    ],
  ],
  ['an admin', () => newPerson({ roles: ['admin'] }), ['/admin/users', '/admin/users/CREATOR']],
];

it.concurrent.for(visits)(
  'no page keeps %s out by its names, its contrast or its order, in light or dark colours',
  async ([_, who, paths], { expect }) => {
    await using visitor = await browser.visitor();
    const person = await who();
    if (person) await signInOnPage(visitor, person);
    for (const path of paths) {
      const address = path.replace('VIDEO', videoId).replace('CREATOR', creator.userId).replace('PLAYLIST', playlistId);
      await settled(visitor.page, address);
      expect.soft(await barriers(visitor.page), path).toEqual([]);
    }
  },
);

describe('what opens over a page keeps nobody out', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await browser.visitor();
    await signInOnPage(visitor, creator);
  });
  afterAll(() => visitor.context.close());

  const button = (name: string | RegExp) => visitor.page.getByRole('button', { name }).first();

  it.each([
    ['the account menu', '/', [/^Account of/]],
    ['the player’s keys', '/watch/VIDEO', ['?']],
    ['the player’s subtitles', '/watch/VIDEO', [/^Subtitles/]],
    ['the player’s qualities', '/watch/VIDEO', [/^Quality/]],
    ['lists to save to', '/watch/VIDEO', ['Save']],
    ['the link to share', '/watch/VIDEO', ['Share']],
    ['a new playlist', '/library', ['New playlist']],
    ['clearing the history', '/history', ['Clear all']],
    ['posters to choose from', '/studio', ['Poster']],
    ['subtitles to add', '/studio', [/^Subtitles of/]],
  ] as const)('%s', async (_, path, steps) => {
    const { page } = visitor;
    await settled(page, path.replace('VIDEO', videoId));
    for (const step of steps) {
      if (step === '?') await page.keyboard.press('?');
      else await button(step).click();
    }
    const opened = '[role="menu"], [role="dialog"], [data-testid="key-legend"]';
    await page.locator(opened).first().waitFor();
    expect(await barriers(page, opened)).toEqual([]);
  });
});
