import { randomUUID } from 'node:crypto';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { sluiceClient } from '../../client/client.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import { personalCommunity } from '../../platform/personal/community.ts';
import { commentRecords } from '../../platform/records/community/comments.ts';
import { counterFor, marks } from '../../platform/records/community/marks.ts';
import { counters } from '../../platform/records/counters.ts';
import { refusalOf } from '../commands/calls.ts';
import { listedVideo } from '../commands/listed-video.ts';
import { awsConfig, localCloud } from '../commands/local-cloud.ts';
import { newPerson, type Person } from '../commands/people.ts';
import { soon } from '../commands/soon.ts';

let owner: Person;
let viewer: Person;
let videoId: VideoId;
const nobody = () => sluiceClient({ baseUrl: localCloud().site }).community;

beforeAll(async () => {
  [owner, viewer] = await Promise.all([newPerson(), newPerson()]);
  videoId = await listedVideo(owner, { category: 'vehicles' });
});

describe('comments', () => {
  it('are posted, answered, liked, edited and deleted, and counted', async () => {
    const { community } = viewer.client;
    const first = await community.postComment({ params: { videoId }, body: { text: ' Good\nfilm ' } });
    expect(first).toMatchObject({
      text: 'Good\nfilm',
      state: 'shown',
      editedAt: null,
      author: { name: 'Test Creator' },
    });
    const reply = await owner.client.community.postComment({
      params: { videoId },
      body: { text: 'Thanks', replyTo: first.commentId },
    });
    await owner.client.community.likeComment({ params: reply });
    await owner.client.community.likeComment({ params: reply });
    const second = await community.postComment({ params: { videoId }, body: { text: 'Better' } });
    await owner.client.community.likeComment({ params: second });

    const top = await nobody().listComments({ params: { videoId } });
    expect(top.comments.map(({ text, likes, replies }) => [text, likes, replies])).toEqual([
      ['Better', 1, 0],
      ['Good\nfilm', 0, 1],
    ]);
    const replies = await owner.client.community.listReplies({ params: first });
    expect(replies.comments).toMatchObject([{ text: 'Thanks', likes: 1, liked: true }]);

    const edited = await community.editComment({ params: first, body: { text: 'Great' }, ifMatch: first.version });
    expect(edited).toMatchObject({ text: 'Great', version: 2, editedAt: expect.any(Number) });
    expect(
      await refusalOf(community.editComment({ params: first, body: { text: 'No' }, ifMatch: first.version })),
    ).toMatchObject({ code: 'version-conflict' });

    await community.deleteComment({ params: first });
    const { comments } = await nobody().listComments({ params: { videoId }, query: { sort: 'newest' } });
    expect(comments).toMatchObject([{ text: 'Better' }, { text: null, author: null, state: 'removed', replies: 1 }]);
    expect((await nobody().videoStanding({ params: { videoId } })).comments).toBe(2);
    await owner.client.community.deleteComment({ params: reply });
    const after = await nobody().listComments({ params: { videoId }, query: { sort: 'newest' } });
    expect(after.comments).toMatchObject([{ text: 'Better' }]);
    expect((await nobody().videoStanding({ params: { videoId } })).comments).toBe(1);
  });

  it('come in pages, by either order, each once', async () => {
    const paged = await listedVideo(owner);
    for (const text of ['a', 'b', 'c', 'd', 'e'])
      await owner.client.community.postComment({ params: { videoId: paged }, body: { text } });
    for (const sort of ['newest', 'top'] as const) {
      const seen: (string | null)[] = [];
      let cursor: string | undefined;
      do {
        const page = await nobody().listComments({
          params: { videoId: paged },
          query: { sort, limit: 2, ...(cursor !== undefined && { cursor }) },
        });
        seen.push(...page.comments.map(({ text }) => text));
        cursor = page.cursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    }
  });

  it('are held, let through as they were read, pinned, removed and closed by the owner of the video or a moderator', async () => {
    const held = await listedVideo(owner);
    const { community } = owner.client;
    const params = { videoId: held };
    await community.chooseCommenting({ params, body: { commenting: 'held' } });
    const comment = await viewer.client.community.postComment({ params, body: { text: 'Wait' } });
    expect(comment.state).toBe('held');
    expect((await nobody().listComments({ params })).comments).toEqual([]);
    expect((await community.listComments({ params })).comments).toMatchObject([{ text: 'Wait', state: 'held' }]);
    expect((await nobody().videoStanding({ params })).comments).toBe(0);

    const moderator = await newPerson({ roles: ['moderator'] });
    const seen = await moderator.client.community.listComments({ params });
    expect(seen.comments).toMatchObject([{ text: 'Wait', state: 'held' }]);
    await viewer.client.community.editComment({ params: comment, body: { text: 'Wait for it' } });
    const approve = (version: number) =>
      moderator.client.community.approveComment({ params: { ...params, ...comment }, ifMatch: version });
    // Another text than was read.
    expect(await refusalOf(approve(comment.version))).toMatchObject({ code: 'version-conflict', status: 412 });
    await approve(comment.version + 1);
    await approve(comment.version + 1);
    const swapped = viewer.client.community.editComment({ params: comment, body: { text: 'Buy my pills' } });
    expect((await refusalOf(swapped)).code).toBe('comment-approved');
    await community.chooseCommenting({ params, body: { pinned: comment.commentId } });
    expect(await nobody().listComments({ params })).toMatchObject({ pinned: { text: 'Wait for it' }, comments: [] });
    expect((await nobody().videoStanding({ params })).comments).toBe(1);

    await community.removeComment({ params: { ...params, ...comment } });
    await community.chooseCommenting({ params, body: { commenting: 'closed' } });
    expect(await refusalOf(viewer.client.community.postComment({ params, body: { text: 'Late' } }))).toMatchObject({
      code: 'comments-closed',
    });
    expect(await nobody().videoStanding({ params })).toMatchObject({ comments: 0 });
  });

  it('of a private video are hidden with it, at once', async () => {
    const hidden = await listedVideo(owner);
    await viewer.client.community.postComment({ params: { videoId: hidden }, body: { text: 'Seen' } });
    await owner.client.content.updateVideo({ params: { videoId: hidden }, body: { visibility: 'private' } });
    const refused = await Promise.all([
      refusalOf(nobody().listComments({ params: { videoId: hidden } })),
      refusalOf(nobody().videoStanding({ params: { videoId: hidden } })),
      refusalOf(viewer.client.community.likeVideo({ params: { videoId: hidden } })),
    ]);
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'video-not-found'));
  });
});

describe('lists', () => {
  it('show what is public, newest first, under its category and channel, and to subscribers', async () => {
    await soon(() => viewer.client.community.subscribe({ params: { userId: owner.userId } }));
    await viewer.client.community.likeVideo({ params: { videoId } });
    const scheduled = await listedVideo(owner, { publishAt: Date.now() + 3_600_000, category: 'vehicles' });
    const newest = await listedVideo(owner, { category: 'vehicles', title: 'Newest' });

    const ids = async (list: Promise<{ videos: { videoId: VideoId }[] }>) => (await list).videos.map((v) => v.videoId);
    await soon(async () => {
      expect(await ids(nobody().feed({ query: { category: 'vehicles' } }))).toEqual([newest, videoId]);
    });
    await soon(async () => {
      expect((await ids(nobody().feed({ query: { kind: 'trending', category: 'vehicles' } })))[0]).toBe(videoId);
    });
    const channel = await nobody().channelVideos({ params: { userId: owner.userId } });
    expect(channel.videos[0]).toMatchObject({ videoId: newest, title: 'Newest', channel: { name: 'Test Creator' } });
    expect(channel.videos.map((video) => video.videoId)).not.toContain(scheduled);
    expect((await ids(viewer.client.community.subscriptionFeed()))[0]).toBe(newest);
    expect(await ids(viewer.client.community.listLikedVideos())).toEqual([videoId]);
    expect(await viewer.client.community.listSubscriptions()).toMatchObject({ channels: [{ userId: owner.userId }] });
    expect(await viewer.client.community.videoStanding({ params: { videoId } })).toMatchObject({
      likes: 1,
      liked: true,
      subscribers: 1,
      subscribed: true,
    });

    await owner.client.content.updateVideo({ params: { videoId: newest }, body: { visibility: 'unlisted' } });
    await soon(async () => {
      expect(await ids(nobody().feed({ query: { category: 'vehicles' } }))).toEqual([videoId]);
    });
  });

  it('go on where a page ended', async () => {
    const { userId } = await newPerson();
    const made: VideoId[] = [];
    for (let i = 0; i < 3; i++) made.unshift(await listedVideo({ userId }, { playableAt: 1_000 + i }));
    const page = (cursor?: string) =>
      nobody().channelVideos({ params: { userId }, query: { limit: 2, ...(cursor !== undefined && { cursor }) } });
    await soon(async () => expect((await page()).videos).toHaveLength(2));
    const first = await soon(async () => {
      const one = await page();
      expect(one.videos.map((video) => video.videoId)).toEqual(made.slice(0, 2));
      return one;
    });
    const second = await page(first.cursor ?? '');
    expect(second.videos.map((video) => video.videoId)).toEqual(made.slice(2));
    expect(second.cursor).toBeNull();
  });
});

const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig()), {
  marshallOptions: { removeUndefinedValues: true },
});

async function communityTable(): Promise<string> {
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand());
  const name = TableNames.find((table) => table.includes('PeopleCommunity'));
  if (name === undefined) throw new Error('there is no table of the community');
  return name;
}

it('whoever leaves leaves nothing behind, and counts stay right', async () => {
  const leaver = await newPerson();
  const { community } = leaver.client;
  const said = await listedVideo(owner);
  const params = { videoId: said };
  const comment = await community.postComment({ params, body: { text: 'Mine' } });
  await viewer.client.community.postComment({ params, body: { text: 'Theirs', replyTo: comment.commentId } });
  await community.likeVideo({ params });
  await community.likeComment({ params: comment });
  await soon(() => viewer.client.community.subscribe({ params: { userId: leaver.userId } }));
  await soon(() => community.subscribe({ params: { userId: owner.userId } }));
  const subscribers = async () => (await nobody().channelCounts({ params: { userId: owner.userId } })).subscribers;
  const before = await subscribers();

  const store = personalCommunity(dynamo, await communityTable());
  const kept = async () => {
    const kinds: unknown[] = [];
    for await (const { kind } of store.collect(leaver.userId)) kinds.push(kind);
    return kinds;
  };
  expect((await kept()).toSorted()).toEqual([
    'CARD',
    'COMMENT-LIKES',
    'COMMENTS',
    'LIKES',
    'SUBSCRIBERS',
    'SUBSCRIPTIONS',
  ]);
  await store.erase(leaver.userId, Date.now());
  expect(await kept()).toEqual([]);
  expect(await nobody().videoStanding({ params })).toMatchObject({ likes: 0, comments: 1 });
  expect(await subscribers()).toBe(before - 1);
  expect((await nobody().listComments({ params, query: { sort: 'newest' } })).comments).toMatchObject([
    { state: 'removed', author: null, text: null, replies: 1 },
  ]);
  expect((await viewer.client.community.listSubscriptions()).channels.map((c) => c.userId)).not.toContain(
    leaver.userId,
  );
});

describe('50 at once', () => {
  /** As many as there are, without their accounts: what counts is written to the table itself. */
  const crowd = Array.from({ length: 50 }, () => randomUUID() as UserId);

  it('a counter is the number of items, whoever writes; and is put right by them if it is not', async () => {
    const table = await communityTable();
    const [marked, counted, comments] = [marks(dynamo, table), counters(dynamo, table), commentRecords(dynamo, table)];
    const liked = await listedVideo(owner);
    const video = { kind: 'video', id: liked } as const;
    const likes = counterFor(video);
    const channel = { kind: 'channel', id: owner.userId } as const;
    const before = await counted.read(counterFor(channel));

    await Promise.all([
      // Everybody twice, and every fifth thinks better of it.
      ...crowd.flatMap((userId) => [marked.set(video, userId, 1), marked.set(video, userId, 2)]),
      ...crowd.map((userId) => marked.set(channel, userId, 1)),
    ]);
    await Promise.all(crowd.filter((_, i) => i % 5 === 0).map((userId) => marked.clear(video, userId)));
    expect(await counted.read(likes)).toBe(40);
    expect(await counted.read(counterFor(channel))).toBe(before + 50);

    const posted = await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const person = i % 2 ? owner : viewer;
        const commentId = `${liked}-01J0000000000000000000${String(i).padStart(4, '0')}` as never;
        const comment = { commentId, authorId: person.userId, text: `${i}`, state: 'shown' as const, createdAt: i };
        return comments.add({ ...comment, version: 1, likes: 0, replies: 0 }).then(() => commentId);
      }),
    );
    await Promise.all(posted.slice(0, 10).map((commentId) => comments.remove(commentId)));
    expect(await counted.read({ name: 'comments', of: liked })).toBe(40);

    await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: `COUNT#likes#${liked}`, sk: '3' },
        UpdateExpression: 'SET #count = :wrong, changes = :one',
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':wrong': 1000, ':one': 1 },
      }),
    );
    await Promise.all([
      counted.recount(likes, () => marked.people(video)),
      ...crowd.filter((_, i) => i % 5 === 0).map((userId) => marked.set(video, userId, 3)),
    ]);
    expect(await counted.read(likes)).toBe(50);
  });
});
