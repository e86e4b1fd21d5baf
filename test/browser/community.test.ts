import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { browserOfFile, signInOnPage, type Visitor } from '../commands/browser.ts';
import { listedVideo } from '../commands/listed-video.ts';
import { newPerson, type Person } from '../commands/people.ts';

const browser = browserOfFile();
let owner: Person;
let viewer: Visitor;
let videoId: VideoId;
const title = `Film ${Date.now()}`;

beforeAll(async () => {
  owner = await newPerson();
  videoId = await listedVideo(owner, { title });
  viewer = await browser.visitor();
});

describe('the home page', () => {
  it('shows what is new to who has not signed in, and leads to the channel', async () => {
    const { page } = viewer;
    await page.goto('/');
    await page.getByRole('heading', { name: 'Drop a file. Share a stream.' }).waitFor();
    const tile = page.locator(`[data-video="${videoId}"]`);
    await tile.waitFor();
    await tile.getByRole('link', { name: 'Test Creator' }).click();
    await page.getByRole('heading', { level: 1, name: 'Test Creator' }).waitFor();
    await page.locator(`[data-video="${videoId}"]`).waitFor();
  });
});

describe('the watch page', () => {
  it('takes a like, a subscription, a comment and an answer, and shows them again', async () => {
    const { page } = viewer;
    await signInOnPage(viewer, await newPerson());
    await page.goto(`/watch/${videoId}`);
    await page.getByRole('button', { name: 'Like this video: 0 likes' }).click();
    await page.getByRole('button', { name: 'Subscribe to Test Creator' }).click();
    await page.getByLabel('Add a comment').fill('Well made');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.getByTestId('comment').getByText('Well made').waitFor();

    await using other = await browser.visitor();
    await signInOnPage(other, owner);
    await other.page.goto(`/watch/${videoId}`);
    await other.page.getByRole('button', { name: 'Reply' }).click();
    await other.page.getByLabel('Reply to Test Creator').fill('Thank you');
    await other.page.getByRole('button', { name: 'Reply', exact: true }).last().click();
    await other.page.getByText('Thank you').waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Like this video: 1 like' }).waitFor();
    await page.getByRole('button', { name: 'Subscribed to Test Creator' }).waitFor();
    await page.getByRole('heading', { name: '2 comments' }).waitFor();
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByText('Thank you').waitFor();
    await page.goto('/?kind=subscriptions');
    await page.locator(`[data-video="${videoId}"]`).waitFor();
    expect(viewer.complaints.filter((line) => !line.includes('/media/'))).toEqual([]);
  });

  it('has what to watch next beside it, in a place that is kept for it: of the channel, then of others', async () => {
    const { page } = viewer;
    const another = await listedVideo(owner, { title: `Another ${title}` });
    const others = await listedVideo(await newPerson(), { title: `Not ${title}` });
    const listed = async () => (await owner.client.community.feed({ query: {} })).videos.map((card) => card.videoId);
    await expect.poll(listed).toEqual(expect.arrayContaining([another, others]));
    await page.goto(`/watch/${videoId}`);
    const picture = page.getByTestId('player');
    await picture.waitFor();
    const before = await picture.boundingBox();
    const next = page.getByTestId('next');
    const link = next.getByRole('link', { name: `Another ${title}` });
    await link.waitFor();
    expect(await picture.boundingBox()).toEqual(before);
    const order = await next
      .locator('[data-video]')
      .evaluateAll((lines) => lines.map((l) => l.getAttribute('data-video')));
    expect(order).not.toContain(videoId);
    expect(order[0]).toBe(another);
    expect(order).toContain(others);
    await link.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Another ${title}` }).waitFor();
  });

  it('lets a moderator delete what others wrote, by no slip', async () => {
    await using moderator = await browser.visitor();
    const { page } = moderator;
    const { community } = owner.client;
    const { commentId } = await community.postComment({ params: { videoId }, body: { text: 'Buy this' } });
    await signInOnPage(moderator, await newPerson({ roles: ['viewer', 'moderator'] }));
    await page.goto(`/watch/${videoId}`);
    const spam = page.getByTestId('comment').filter({ hasText: 'Buy this' });
    await spam.getByRole('button', { name: /^More about the comment/ }).click();
    await expect.poll(() => page.getByRole('menuitem').allTextContents()).toEqual(['Delete …']);
    await page.getByRole('menuitem', { name: 'Delete …' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await spam.count()).toBe(1);
    await spam.getByRole('button', { name: /^More about the comment/ }).click();
    await page.getByRole('menuitem', { name: 'Delete …' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await spam.waitFor({ state: 'detached' });
    // The page shows at once what it has only asked for.
    await expect
      .poll(async () => {
        const { comments } = await community.listComments({ params: { videoId }, query: { sort: 'newest' } });
        return comments.map((comment) => comment.commentId);
      })
      .not.toContain(commentId);
  });
});

describe('the channel page', () => {
  it('lists the public playlists of its owner, and leads to them', async () => {
    const { page } = viewer;
    await page.goto(`/c/${owner.userId}`);
    await page.getByRole('tab', { name: 'Playlists' }).click();
    await page.getByText('No playlists here').waitFor();
    for (const visibility of ['public', 'private'] as const) {
      await owner.client.playlists.createPlaylist({ body: { title: `My ${visibility} list`, visibility } });
    }
    await page.reload();
    await page.getByTestId('playlist').waitFor();
    expect(await page.getByTestId('playlist').count()).toBe(1);
    await page.getByTestId('playlist').click();
    await page.getByRole('heading', { level: 1, name: 'My public list' }).waitFor();
  });
});
