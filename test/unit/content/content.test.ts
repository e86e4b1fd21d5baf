import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../domain/api/problems.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { reasons } from '../../../domain/video/reasons.ts';
import { Video } from '../../../domain/video/video.ts';
import { creatorVideo } from '../../../lambdas/content/creator-video.ts';
import { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { contentService } from '../../../lambdas/content/service.ts';

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

/** The videos of one record, with the conditions that the table has. */
function serviceOf(video: Video) {
  const state = { video };
  const service = contentService({
    get: async (id) => (id === videoId ? state.video : undefined),
    async change(_, { set, onlyIf }, now) {
      if (onlyIf?.version !== undefined && onlyIf.version !== state.video.version) return undefined;
      state.video = { ...state.video, ...set, version: state.video.version + 1, updatedAt: now } as Video;
      return state.video;
    },
    listByOwner: async (ownerId, { cursor }) => ({
      videos: ownerId === ada && !cursor ? [state.video] : [],
      cursor: 'next',
    }),
  });
  return service;
}

describe('changing a video', () => {
  it('changes what was named and nothing else', async () => {
    const changed = await serviceOf(ready).update(videoId, { visibility: 'public' }, undefined, 99);
    expect(changed).toMatchObject({ visibility: 'public', title: 'Holiday', version: 4, updatedAt: 99 });
  });

  it('is refused to who has not seen the newest version, and says which that is', async () => {
    const conflict = await serviceOf(ready).update(videoId, { title: 'New' }, 2, 99);
    expect(isProblem(conflict) && [conflict.code, conflict.extra]).toEqual(['version-conflict', { version: 3 }]);
    expect(await serviceOf(ready).update(videoId, { title: 'New' }, 3, 99)).toMatchObject({ title: 'New' });
  });
});

it('a deleted video has no owner, and is not there', async () => {
  const service = serviceOf({ ...ready, state: 'deleted' });
  expect(await service.ownerOf(videoId)).toBeUndefined();
  expect(await service.get(videoId)).toMatchObject({ code: 'video-not-found' });
});

it('a list passes the cursor on', async () => {
  const service = serviceOf(ready);
  expect(await service.list(ada, 50, undefined)).toEqual({ videos: [creatorVideo(ready)], cursor: 'next' });
  expect((await service.list(ada, 50, 'next')).videos).toEqual([]);
});
