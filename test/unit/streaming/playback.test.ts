import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../domain/access/policy.ts';
import { Problem } from '../../../domain/api/problems.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { Video, VideoState } from '../../../domain/video/video.ts';
import { playback, watchable } from '../../../lambdas/streaming/playback.ts';
import { routes } from '../../../lambdas/streaming/routes.ts';
import { streamingService } from '../../../lambdas/streaming/service.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as VideoId;
const person = (id: string): Caller => ({
  userId: id as UserId,
  sessionId: 's',
  roles: ['viewer'],
  email: 'x@example.com',
  name: 'Grace',
});
const now = 1_000_000;

const ada = person('aaaaaaaa-0000-4000-8000-000000000001');
const bob = person('bbbbbbbb-0000-4000-8000-000000000002');

const video = Video.parse({
  videoId,
  ownerId: ada.userId,
  title: 'Holiday',
  visibility: 'public',
  state: 'playable',
  attempt: 2,
  version: 1,
  createdAt: 1,
  updatedAt: 1,
  durationSeconds: 60,
  progress: 0.4,
  posterAttempt: 2,
  posterCandidates: 3,
  rungs: [{ name: '360p', width: 640, height: 360 }],
});

describe('what a player is told', () => {
  it('is where both manifests and the poster of the current attempt are', () => {
    expect(playback(video, undefined)).toEqual({
      videoId,
      ownerId: ada.userId,
      title: 'Holiday',
      description: null,
      tags: [],
      category: null,
      language: null,
      licence: null,
      chapters: [],
      visibility: 'public',
      publishedAt: null,
      state: 'playable',
      attempt: 2,
      durationSeconds: 60,
      progress: 0.4,
      rungs: video.rungs,
      license: null,
      captions: [],
      reason: null,
      owned: false,
      hls: `/media/${videoId}/2/master.m3u8`,
      dash: `/media/${videoId}/2/manifest.mpd`,
      poster: `/media/${videoId}/2/posters/1.jpg`,
      storyboard: `/media/${videoId}/2/storyboard.vtt`,
    });
  });

  it('is what its creator tells, with names for people, and no chapter behind the end', () => {
    const told = playback(
      {
        ...video,
        description: 'By the sea',
        tags: ['sea'],
        category: 'travel',
        language: 'pt-BR',
        licence: 'cc-by-4.0',
        publishedAt: 7,
        chapters: [
          { startSeconds: 0, title: 'There' },
          { startSeconds: 59, title: 'Back' },
          { startSeconds: 60, title: 'Too late' },
        ],
      },
      undefined,
    );
    expect(told).toMatchObject({
      description: 'By the sea',
      tags: ['sea'],
      category: { id: 'travel', name: 'Travel' },
      language: 'pt-BR',
      licence: { id: 'cc-by-4.0', url: expect.stringContaining('creativecommons.org') },
      publishedAt: 7,
    });
    expect(told.chapters.map(({ title }) => title)).toEqual(['There', 'Back']);
  });

  it('is of the attempt that was ready, with its licence, while a newer one is made or has failed', () => {
    const encryption = { scheme: 'cbcs' as const, keyId: '0'.repeat(32), iv: '1'.repeat(32) };
    const anew: Video = { ...video, readyAttempt: 1, formerKey: { attempt: 1, encryption, wrapped: 'sealed' } };
    for (const state of ['processing', 'failed'] as const) {
      expect(playback({ ...anew, state }, undefined)).toMatchObject({
        state,
        attempt: 1,
        hls: `/media/${videoId}/1/master.m3u8`,
        dash: `/media/${videoId}/1/manifest.mpd`,
        license: { keySystem: 'org.w3.clearkey' },
      });
    }
    expect(playback(anew, undefined)).toMatchObject({ hls: `/media/${videoId}/2/master.m3u8`, license: null });
  });

  it('is the licence service of its own key, until its manifests list media under a DRM provider’s', () => {
    const encryption = { scheme: 'cbcs', keyId: 'a'.repeat(32), iv: 'b'.repeat(32) } as const;
    const encrypted = { ...video, contentKey: { attempt: 2, encryption, wrapped: 'AAAA' } };
    expect(playback(encrypted, undefined).license).toMatchObject({ keySystem: 'org.w3.clearkey' });
    expect(playback({ ...encrypted, drmAttempt: 1 }, undefined).license).not.toBeNull();
    expect(playback({ ...encrypted, drmAttempt: 2 }, undefined).license).toBeNull();
  });

  it('is the captions of what is watched: uploaded ones of every run, embedded ones of that run alone', () => {
    const caption = { language: 'en', kind: 'subtitles', digest: 'd'.repeat(32), sizeBytes: 9, cues: 1, updatedAt: 1 };
    const captions: Video['captions'] = [
      { ...caption, kind: 'captions', name: 'one', label: 'English', origin: 'uploaded' },
      { ...caption, kind: 'subtitles', name: 'two', label: 'English', origin: 'embedded', attempt: 2 },
      { ...caption, kind: 'subtitles', name: 'old', label: 'Old', origin: 'embedded', attempt: 1 },
    ];
    const file = `/media/${videoId}/captions/${'d'.repeat(32)}.vtt`;
    const told = playback({ ...video, captions }, undefined)?.captions;
    expect(told).toMatchObject([
      { language: 'en', kind: 'captions', file },
      { language: 'en', kind: 'subtitles', file },
    ]);
    expect(new Set(told?.map(({ label }) => label)).size).toBe(2);
    expect(playback({ ...video, captions, state: 'processing' }, undefined)?.captions).toEqual([]);
  });

  it('has manifests exactly while there is something to watch', () => {
    const withManifests = VideoState.options.filter((state) => {
      const told = playback({ ...video, state }, ada);
      expect(told?.hls === null).toBe(told?.dash === null);
      return told?.hls;
    });
    expect(withManifests).toEqual(['playable', 'ready']);
  });

  it('is as the route says, in every state', () => {
    for (const state of VideoState.options.filter((state) => state !== 'deleted')) {
      expect(() => routes.playback.answer.body.parse(playback({ ...video, state }, ada))).not.toThrow();
    }
  });

  it('explains a failure to the owner only', () => {
    const failed: Video = { ...video, state: 'failed', reason: { code: 'encode-failed', detail: 'ffmpeg: exit 1' } };
    expect(playback(failed, ada)?.reason).toMatchObject({ code: 'encode-failed' });
    expect(JSON.stringify(playback(failed, ada))).not.toContain('ffmpeg');
    expect(playback(failed, bob)?.reason).toBeNull();
    expect([playback(failed, ada)?.owned, playback(failed, bob)?.owned]).toEqual([true, false]);
  });
});

describe('who may watch', () => {
  const told = (visibility: Video['visibility'], caller: Caller | undefined) =>
    watchable({ ...video, visibility }, caller, now) instanceof Problem === false;

  it('a private video: its owner, and for others it does not exist', async () => {
    expect([told('private', ada), told('private', bob), told('private', undefined)]).toEqual([true, false, false]);
    const service = streamingService(
      { get: async (id) => (id === videoId ? { ...video, visibility: 'private' } : undefined) },
      { open: async () => expect.fail('no key is opened') },
    );
    const hidden = await service.playback(videoId, bob, now);
    expect(hidden).toMatchObject({ code: 'video-not-found' });
    expect(hidden).toEqual(await service.playback('01ARZ3NDEKTSV4RRFFQ69G5FAW' as VideoId, bob, now));
  });

  it('a video for members: those with a paid plan; others learn what they miss, and nothing by which it could be watched', () => {
    const members: Video = { ...video, visibility: 'members' };
    expect(watchable(members, { ...bob, memberUntil: now + 1 }, now)).toBe(members);
    const refused = watchable(members, bob, now);
    expect(refused).toMatchObject({
      code: 'membership-needed',
      extra: { video: { title: 'Holiday', poster: `/media/${videoId}/2/posters/1.jpg` } },
    });
    expect(JSON.stringify(refused)).not.toMatch(/m3u8|mpd/);
    for (const hidden of [{ publishAt: now + 1 }, { state: 'blocked' as const }])
      expect(watchable({ ...members, ...hidden }, bob, now)).toMatchObject({ code: 'video-not-found' });
  });

  it('a public or unlisted video: everybody with its address', () => {
    for (const visibility of ['public', 'unlisted'] as const)
      expect([told(visibility, bob), told(visibility, undefined)]).toEqual([true, true]);
  });
});
