import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../domain/access/policy.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { CardRecord } from '../../../domain/video/card.ts';
import { maxCards } from '../../../lambdas/streaming/card-routes.ts';
import { cardsService } from '../../../lambdas/streaming/cards.ts';
import { routes } from '../../../lambdas/streaming/routes.ts';
import { newVideoId } from '../../../platform/ids.ts';

const now = 1_000_000;
const owner = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;
const caller = (userId: string, memberUntil?: number): Caller => ({
  userId: userId as UserId,
  sessionId: 's',
  roles: ['viewer'],
  email: 'x@example.com',
  name: 'Grace',
  ...(memberUntil !== undefined && { memberUntil }),
});
const other = 'bbbbbbbb-0000-4000-8000-000000000002';

const video = (over: Partial<CardRecord>): CardRecord =>
  CardRecord.parse({
    videoId: newVideoId(),
    ownerId: owner,
    title: 'Holiday',
    visibility: 'public',
    state: 'ready',
    createdAt: 1,
    durationSeconds: 60,
    posterAttempt: 2,
    posterCandidates: 1,
    ...over,
  });
const videos = {
  public: video({}),
  unlisted: video({ visibility: 'unlisted' }),
  members: video({ visibility: 'members' }),
  private: video({ visibility: 'private' }),
  tomorrow: video({ publishAt: now + 1 }),
  yesterday: video({ publishAt: now - 1 }),
  blocked: video({ state: 'blocked' }),
  deleted: video({ state: 'deleted' }),
};
const all = Object.values(videos);
const { cards } = cardsService(async (ids) => all.filter(({ videoId }) => ids.includes(videoId)).toReversed());
const names = (found: readonly { videoId: VideoId }[]) =>
  found.map(({ videoId }) => Object.entries(videos).find(([, v]) => v.videoId === videoId)?.[0]);
const seenBy = async (who: Caller | undefined) =>
  names((await cards([newVideoId(), ...all.map(({ videoId }) => videoId)], who, now)).cards);

describe('cards', () => {
  it('tell what a list shows', async () => {
    expect(await cards([videos.yesterday.videoId], undefined, now)).toEqual({
      cards: [
        {
          videoId: videos.yesterday.videoId,
          title: 'Holiday',
          ownerId: owner,
          poster: `/media/${videos.yesterday.videoId}/2/posters/1.jpg`,
          durationSeconds: 60,
          publishedAt: now - 1,
          visibility: 'public',
        },
      ],
    });
  });

  it('are of the videos that the caller may watch, in the order they were asked for', async () => {
    expect(await seenBy(undefined)).toEqual(['public', 'unlisted', 'yesterday']);
    expect(await seenBy(caller(other))).toEqual(['public', 'unlisted', 'yesterday']);
    expect(await seenBy(caller(other, now + 1))).toEqual(['public', 'unlisted', 'members', 'yesterday']);
    expect(await seenBy(caller(owner))).toEqual([
      'public',
      'unlisted',
      'members',
      'private',
      'tomorrow',
      'yesterday',
      'blocked',
    ]);
  });

  const parse = (ids: string) => routes.videoCards.query.safeParse({ ids });
  const many = (count: number) => Array.from({ length: count }, newVideoId);

  it('are asked for by up to fifty ids, each counted once', () => {
    const ids = many(maxCards);
    expect(parse(ids.join(',')).data?.ids).toEqual(ids);
    expect(parse(`${ids[0]},${ids[0]}`).data?.ids).toEqual([ids[0]]);
  });

  it.each(['', ',', 'x', `${newVideoId()},`, `${newVideoId()} `, many(maxCards + 1).join(',')])(
    'are not of "%s"',
    (ids) => {
      expect(parse(ids).success).toBe(false);
    },
  );
});
