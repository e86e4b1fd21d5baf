import { describe, expect, it } from 'vitest';
import type { VideoId } from '../../../domain/ids.ts';
import { tellAgainAfterMs } from '../../../domain/video/publication.ts';
import { Video } from '../../../domain/video/video.ts';
import { publicationService } from '../../../lambdas/content/publication.ts';
import type { VideoChange } from '../../../platform/records/videos.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as VideoId;
const scheduled = Video.parse({
  videoId,
  ownerId: 'aaaaaaaa-0000-4000-8000-000000000001',
  title: 'Holiday',
  visibility: 'public',
  state: 'ready',
  attempt: 1,
  version: 1,
  createdAt: 1,
  updatedAt: 1,
  playableAt: 10,
  publishAt: 1000,
  publicationAt: 1000,
});

/** One record with its mark, and a bus that may be away. */
function worldOf(video: Video) {
  const state = { video, told: [] as unknown[], busIsAway: false };
  const service = publicationService({
    videos: {
      get: async () => state.video,
      change: async (_: VideoId, { set, onlyIf }: VideoChange, now: number) => {
        if (onlyIf?.version !== state.video.version) return undefined;
        state.video = Video.parse({ ...state.video, ...set, version: state.video.version + 1, updatedAt: now });
        return state.video;
      },
    },
    publications: {
      listDue: async (now) => ((state.video.publicationAt ?? Number.POSITIVE_INFINITY) <= now ? [videoId] : []),
      settle: async (_, seen) => {
        const { publicationAt, ...rest } = state.video;
        if (publicationAt === seen) state.video = rest;
      },
    },
    publish: async (kind, detail) => {
      if (state.busIsAway) throw new Error('away');
      state.told.push([kind.name, detail]);
    },
  });
  return { state, service };
}

describe('a scheduled video', () => {
  it('is published when its time comes, once, whoever calls how often', async () => {
    const { state, service } = worldOf(scheduled);
    expect(await service.allDue(999)).toBe(0);
    await Promise.all([service.allDue(1000), service.allDue(1000), service.ifDue(videoId, 1000)]);
    await service.allDue(1000 + 2 * tellAgainAfterMs);
    expect(state.told).toEqual([['video.published', expect.objectContaining({ videoId, publishedAt: 1000 })]]);
    expect(state.video).toMatchObject({ publishedAt: 1000 });
    expect(state.video.publicationAt).toBeUndefined();
  });

  it('of which nobody could be told is told again a while later', async () => {
    const { state, service } = worldOf(scheduled);
    state.busIsAway = true;
    await expect(service.allDue(1000)).rejects.toThrow('away');
    state.busIsAway = false;
    // Not while the first may still be at it.
    expect(await service.allDue(1001)).toBe(0);
    expect(await service.allDue(1000 + tellAgainAfterMs)).toBe(1);
    expect(state.told).toHaveLength(1);
    expect(state.video).toMatchObject({ publishedAt: 1000 });
  });

  it('that is private, deleted or not playable by then is not told of, and not looked at again', async () => {
    for (const change of [{ visibility: 'private' }, { state: 'deleted' }, { state: 'processing' }] as const) {
      const { state, service } = worldOf({ ...scheduled, ...change });
      expect(await service.allDue(1000)).toBe(0);
      expect([state.told, state.video.publicationAt]).toEqual([[], undefined]);
    }
  });
});

it('a public video is published when it becomes playable, and not again when it is ready', async () => {
  const { publishAt: _, publicationAt: __, ...video } = scheduled;
  const { state, service } = worldOf({ ...video, state: 'playable' });
  expect(await service.ifDue(videoId, 20)).toBe(true);
  expect(await service.ifDue(videoId, 30)).toBe(false);
  expect(state.told).toEqual([['video.published', expect.objectContaining({ publishedAt: 10 })]]);
});
