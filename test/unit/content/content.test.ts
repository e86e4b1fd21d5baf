import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../domain/access/policy.ts';
import { isProblem } from '../../../domain/api/problems.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { reasons } from '../../../domain/video/reasons.ts';
import { Video } from '../../../domain/video/video.ts';
import { bulkEditing } from '../../../lambdas/content/bulk.ts';
import { creatorVideo } from '../../../lambdas/content/creator-video.ts';
import { editing } from '../../../lambdas/content/editing.ts';
import { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { contentService } from '../../../lambdas/content/service.ts';
import type { VideoChange } from '../../../platform/records/videos.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as VideoId;
const ada = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;

const draft = Video.parse({
  videoId,
  ownerId: ada,
  title: 'Holiday',
  visibility: 'private',
  state: 'draft',
  attempt: 0,
  version: 3,
  createdAt: 1,
  updatedAt: 2,
});
const ready: Video = {
  ...draft,
  state: 'ready',
  attempt: 2,
  source: {
    key: 'sources/x/y',
    uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAW' as never,
    fileName: 'a.mov',
    contentType: 'video/quicktime',
    sizeBytes: 10,
  },
  durationSeconds: 12.5,
  rungs: [{ name: '360p', width: 640, height: 360 }],
  progress: 0.99,
  posterAttempt: 1,
  posterCandidates: 3,
  uploadedAt: 3,
  playableAt: 4,
  readyAt: 5,
};

describe('a video as its creator sees it', () => {
  it('has a value or null for everything, at any stage', () => {
    for (const video of [draft, ready]) expect(CreatorVideo.parse(creatorVideo(video))).toEqual(creatorVideo(video));
  });

  it('tells where its file came from, not where it is kept', () => {
    expect(creatorVideo(ready)).toMatchObject({ fileName: 'a.mov', sizeBytes: 10 });
    expect(JSON.stringify(creatorVideo(ready))).not.toContain('sources/');
  });

  it('shows the poster of the attempt that made it', () => {
    expect(creatorVideo(ready).poster).toBe(`/media/${videoId}/1/posters/1.jpg`);
    expect(creatorVideo(draft).poster).toBeNull();
  });

  it('is done when it is ready, and explains a rejection in a sentence without the operators’ detail', () => {
    expect(creatorVideo(ready).progress).toBe(1);
    const rejected = creatorVideo({
      ...draft,
      state: 'rejected',
      reason: { code: 'truncated', detail: 'moov at 0x12' },
    });
    expect(rejected.reason).toEqual({ code: 'truncated', sentence: reasons.truncated.sentence });
  });
});

/** One record, with the conditions that the table has, and what is told of it. */
function worldOf(video: Video) {
  const state = { video, told: 0, gone: false };
  const videos = {
    get: async (id: VideoId) => (id === videoId ? state.video : undefined),
    change: async (_: VideoId, { set, remove = [], onlyIf }: VideoChange, now: number) => {
      if (onlyIf?.version !== undefined && onlyIf.version !== state.video.version) return undefined;
      const changed = { ...state.video, ...set, version: state.video.version + 1, updatedAt: now };
      for (const field of remove) delete changed[field];
      state.video = Video.parse(changed);
      return state.video;
    },
    listByOwner: async (ownerId: UserId, { cursor }: { cursor: string | undefined }) => ({
      videos: ownerId === ada && !cursor ? [state.video] : [],
      cursor: videoId,
    }),
  };
  const publication = {
    tell: async () => {
      state.told++;
    },
  };
  const editVideo = editing({ videos, publication });
  const sources = { isKept: async () => !state.gone, sign: async ({ key }: { key: string }) => `https://s3/${key}` };
  return { state, content: contentService({ videos, editVideo, sources }), bulk: bulkEditing(editVideo) };
}

const serviceOf = (video: Video) => worldOf(video).content;

describe('changing a video', () => {
  it('changes what was named and nothing else', async () => {
    const changed = await serviceOf(ready).update(videoId, { visibility: 'unlisted' }, undefined, 99);
    expect(changed).toMatchObject({ visibility: 'unlisted', title: 'Holiday', version: 4, updatedAt: 99 });
  });

  it('takes away what is null, and writes nothing if that is so already', async () => {
    const service = serviceOf({ ...ready, description: 'Old', tags: ['a'] });
    const changed = await service.update(videoId, { description: null, tags: [] }, undefined, 99);
    expect(changed).toMatchObject({ description: null, tags: [], version: 4 });
    expect(await service.update(videoId, { description: '', tags: null }, undefined, 100)).toMatchObject({
      version: 4,
    });
  });

  it('is refused to who has not seen the newest version, and says which that is', async () => {
    const conflict = await serviceOf(ready).update(videoId, { title: 'New' }, 2, 99);
    expect(isProblem(conflict) && [conflict.code, conflict.extra]).toEqual(['version-conflict', { version: 3 }]);
    expect(await serviceOf(ready).update(videoId, { title: 'New' }, 3, 99)).toMatchObject({ title: 'New' });
  });

  it('publishes what everybody can watch by it, once', async () => {
    const { state, content } = worldOf(ready);
    expect(await content.update(videoId, { visibility: 'public' }, undefined, 99)).toMatchObject({ publishedAt: 99 });
    expect(await content.update(videoId, { visibility: 'private' }, undefined, 100)).toMatchObject({ publishedAt: 99 });
    expect(await content.update(videoId, { visibility: 'public' }, undefined, 101)).toMatchObject({ publishedAt: 99 });
    expect(state.told).toBe(1);
  });
});

describe('one change of many videos', () => {
  const caller = {
    userId: ada,
    sessionId: 's',
    roles: ['creator'],
    email: 'a@b.c',
    name: 'A',
  } as const satisfies Caller;
  const another = '01ARZ3NDEKTSV4RRFFQ69G5FAW' as VideoId;

  it('is answered for each by itself', async () => {
    const { bulk } = worldOf({ ...ready, tags: ['Sea', 'sun'] });
    const videos = [{ videoId, version: 3 }, { videoId: another }];
    const { results } = await bulk(caller, { videos, change: { addTags: ['moon'], removeTags: ['SEA'] } }, 99);
    expect(results).toMatchObject([
      { videoId, version: 4, problem: null },
      { videoId: another, version: null, problem: { code: 'video-not-found' } },
    ]);
  });

  it('touches nothing of others, of whom it does not even tell the version; an admin may', async () => {
    const { state, bulk } = worldOf(ready);
    const bob = { ...caller, userId: 'bbbbbbbb-0000-4000-8000-000000000002' as UserId };
    const videos = [{ videoId, version: 1 }];
    const { results } = await bulk(bob, { videos, change: { visibility: 'public' } }, 99);
    expect(results).toMatchObject([{ version: null, problem: { code: 'video-not-found' } }]);
    expect(state.video).toBe(ready);
    const byAdmin = await bulk(
      { ...bob, roles: ['admin'] },
      { videos: [{ videoId }], change: { visibility: 'public' } },
      99,
    );
    expect(byAdmin.results).toMatchObject([{ version: 4, problem: null }]);
  });

  it('goes past what has changed meanwhile', async () => {
    const { state, bulk } = worldOf(ready);
    const { results } = await bulk(caller, { videos: [{ videoId, version: 2 }], change: { category: 'film' } }, 99);
    expect(results).toMatchObject([{ version: null, problem: { code: 'version-conflict' } }]);
    expect(state.video.category).toBeUndefined();
  });
});

it('a source is given while it is kept', async () => {
  const { state, content } = worldOf(ready);
  expect(await content.source(videoId, 99)).toMatchObject({ url: 'https://s3/sources/x/y', fileName: 'a.mov' });
  state.gone = true;
  expect(await content.source(videoId, 99)).toMatchObject({ code: 'source-not-found' });
  expect(await serviceOf(draft).source(videoId, 99)).toMatchObject({ code: 'source-not-found' });
});

it('a deleted video has no owner, and is not there', async () => {
  const service = serviceOf({ ...ready, state: 'deleted' });
  expect(await service.ownerOf(videoId)).toBeUndefined();
  expect(await service.get(videoId)).toMatchObject({ code: 'video-not-found' });
});

it('a list passes the cursor on', async () => {
  const service = serviceOf(ready);
  expect(await service.list(ada, 50, undefined)).toEqual({ videos: [creatorVideo(ready)], cursor: videoId });
  expect((await service.list(ada, 50, videoId)).videos).toEqual([]);
});
