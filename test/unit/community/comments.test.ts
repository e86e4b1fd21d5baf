import { describe, expect, it } from 'vitest';
import type { Role } from '../../../domain/access/roles.ts';
import type { Entry } from '../../../domain/catalogue/entry.ts';
import { commentIdOf, placeOf, seesComment, threadOf } from '../../../domain/community/comments.ts';
import { UserId, VideoId } from '../../../domain/ids.ts';
import { CommentCursor } from '../../../lambdas/community/comment-routes.ts';
import { countedVideos } from '../../../lambdas/community/heat-view.ts';
import { recordsView } from '../../../lambdas/community/records-view.ts';
import { newCommentPart, newVideoId } from '../../../platform/ids.ts';
import { shardOf, shards } from '../../../platform/records/counters.ts';

const ada = UserId.parse('aaaaaaaa-0000-4000-8000-000000000001');
const bob = UserId.parse('bbbbbbbb-0000-4000-8000-00000000000f');
const videoId = newVideoId();

describe('the id of a comment', () => {
  it('says its video, its thread and itself', () => {
    const thread = newCommentPart();
    const reply = newCommentPart();
    const id = commentIdOf({ videoId, thread, reply });
    expect(placeOf(id)).toEqual({ videoId, thread, reply });
    expect(placeOf(threadOf(id))).toEqual({ videoId, thread });
  });
});

it('a held comment is seen by its author, by the owner of the video and by who moderates', () => {
  const held = { state: 'held' as const, authorId: ada };
  const seenBy = (caller: typeof ada | undefined, owner: typeof ada, roles: Role[] = ['viewer', 'creator']) =>
    seesComment(held, owner, caller && { userId: caller, roles });
  const carol = UserId.parse('cccccccc-0000-4000-8000-00000000000f');
  expect([seenBy(carol, bob), seenBy(carol, bob, ['finance'])]).toEqual([false, false]);
  expect([seenBy(carol, bob, ['moderator']), seenBy(carol, bob, ['admin'])]).toEqual([true, true]);
  expect([seenBy(ada, bob), seenBy(bob, bob), seenBy(bob, ada), seenBy(undefined, ada)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('a cursor is the rank and the thread, or the thread', () => {
  const thread = newCommentPart();
  expect(CommentCursor.parse(`12.${thread}`)).toEqual({ id: thread, rank: 12 });
  expect(CommentCursor.parse(thread)).toEqual({ id: thread });
  // Of 16 digits, some are more than a number holds exactly.
  for (const bad of [
    '',
    'x',
    `9999999999999999.${thread}`,
    `.${thread}`,
    `1e3.${thread}`,
    `${thread}.1`,
    `-1.${thread}`,
  ])
    expect(CommentCursor.safeParse(bad).success).toBe(false);
});

it('people are spread over all shards', () => {
  const ids = Array.from({ length: 4000 }, () => UserId.parse(crypto.randomUUID()));
  const sizes = Array.from({ length: shards }, (_, shard) => ids.filter((id) => shardOf(id) === shard).length);
  expect(Math.min(...sizes)).toBeGreaterThan(4000 / shards / 2);
});

it('of what is counted, videos are told apart from channels, each once', () => {
  const keys = [`COUNT#likes#${videoId}`, `COUNT#comments#${videoId}`, `COUNT#subscribers#${ada}`, `LIKES#${videoId}`];
  expect(countedVideos(keys)).toEqual([videoId]);
});

describe('changes of records', () => {
  const record = {
    videoId,
    ownerId: ada,
    title: 'Holiday',
    visibility: 'public',
    state: 'ready',
    attempt: 1,
    version: 2,
    createdAt: 1,
    updatedAt: 2,
    playableAt: 3,
  };

  function viewOf() {
    const entries = new Map<VideoId, Entry>();
    const did: string[] = [];
    const view = recordsView({
      catalogue: {
        async change(id, next) {
          const entry = next(entries.get(id));
          if (entry) {
            entries.set(id, entry);
            did.push('write');
          }
        },
        async remove(id) {
          entries.delete(id);
        },
      },
      comments: { forget: async () => void did.push('forget comments') },
      marks: { forget: async () => void did.push('forget likes') },
      heat: async () => void did.push('heat'),
    });
    return { view, entries, did };
  }

  it('come into the catalogue, once, in whatever order and however often they are told', async () => {
    const { view, entries, did } = viewOf();
    const newer = { ...record, title: 'New', version: 3 };
    expect(await view.follow({ after: record })).toBe('written');
    expect(await view.follow({ before: record, after: newer })).toBe('written');
    for (const change of [{ after: record }, { before: record, after: newer }]) await view.follow(change);
    expect(entries.get(VideoId.parse(videoId))).toMatchObject({ title: 'New', version: 3 });
    expect(did).toEqual(['write', 'heat', 'write']);
  });

  it('that are of no list cost nothing', async () => {
    const { view, did } = viewOf();
    expect(await view.follow({ before: record, after: { ...record, progress: 0.5 } })).toBe('same');
    const unlisted = { ...record, visibility: 'unlisted' };
    expect(await view.follow({ before: unlisted, after: { ...unlisted, title: 'x', version: 3 } })).toBe('same');
    expect(did).toEqual([]);
  });

  it.each([{ before: record }, { before: record, after: { videoId, deletedAt: 1, purgedAt: 2 } }])(
    'that leave nothing of a video leave nothing of what people said of it',
    async (change) => {
      const { view, entries, did } = viewOf();
      await view.follow({ after: record });
      expect(await view.follow(change)).toBe('gone');
      expect([...entries.keys()]).toEqual([]);
      expect(did.slice(-2)).toEqual(['forget comments', 'forget likes']);
    },
  );
});
