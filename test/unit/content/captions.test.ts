import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../domain/api/problems.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { type Caption, maxCaptionTracks } from '../../../domain/media/captions/captions.ts';
import type { Cue } from '../../../domain/media/captions/cues.ts';
import { Video } from '../../../domain/video/video.ts';
import { captionsService } from '../../../lambdas/content/captions.ts';
import { inMemoryVideos } from '../upload/in-memory.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as VideoId;
const ready = Video.parse({
  videoId,
  ownerId: 'aaaaaaaa-0000-4000-8000-000000000001' as UserId,
  title: 'Holiday',
  visibility: 'private',
  state: 'ready',
  attempt: 2,
  version: 3,
  createdAt: 1,
  updatedAt: 2,
  durationSeconds: 10,
});
const digest = 'd'.repeat(32);
const embedded: Caption = {
  name: 'embedded-1',
  language: 'en',
  kind: 'subtitles',
  label: 'English',
  origin: 'embedded',
  attempt: 2,
  digest,
  sizeBytes: 10,
  cues: 1,
  updatedAt: 1,
};
const sent = { language: 'pt-br', kind: 'subtitles', text: '1\n00:00:01,000 --> 00:00:20,000\nOi\n' } as const;

/** The service over one video; `between` happens before each access to the record. */
function serviceOf(video: Video, between: (step: string) => Promise<void> = async () => undefined) {
  const { items, videos } = inMemoryVideos(between);
  items.set(videoId, video);
  const kept: Cue[] = [];
  const events: unknown[] = [];
  const service = captionsService({
    videos,
    async keep(_, cues) {
      kept.push(...cues);
      return { digest, sizeBytes: 100, cues: cues.length };
    },
    async publish(kind, detail) {
      events.push([kind.name, detail]);
    },
  });
  const names = () => (items.get(videoId)?.captions ?? []).map(({ name }) => name);
  return { service, items, kept, events, names };
}
const changed = ['video.captions-changed', { videoId, ownerId: ready.ownerId, attempt: 2 }];

describe('putting captions', () => {
  it('keeps their cues within the title, and says that there are others', async () => {
    const { service, kept, events, names } = serviceOf(ready);
    expect(await service.put(videoId, 'pt-br-subtitles', sent, 9)).toMatchObject({
      language: 'pt-BR',
      label: expect.stringMatching(/^português/),
      origin: 'uploaded',
      file: `/media/${videoId}/captions/${digest}.vtt`,
    });
    expect(kept).toEqual([{ startMs: 1000, endMs: 10_000, settings: '', text: 'Oi' }]);
    expect(names()).toEqual(['pt-br-subtitles']);
    expect(events).toEqual([changed]);
  });

  it('again, or over those of the file, replaces them', async () => {
    const { service, names, events } = serviceOf({ ...ready, captions: [embedded] });
    await service.put(videoId, 'de', sent, 9);
    await service.put(videoId, 'embedded-1', sent, 9);
    await service.put(videoId, 'de', sent, 9);
    expect(names()).toEqual(['embedded-1', 'de']);
    expect(events).toHaveLength(3);
    expect(await service.list(videoId)).toMatchObject({ captions: [{ origin: 'uploaded' }, { origin: 'uploaded' }] });
  });

  it('before the first run tells nobody: there is nothing to write anew', async () => {
    const { service, names, events } = serviceOf({
      ...ready,
      state: 'uploading',
      attempt: 0,
      durationSeconds: undefined,
    });
    await service.put(videoId, 'de', sent, 9);
    expect([names(), events]).toEqual([['de'], []]);
  });

  it('holds against other writers of the record', async () => {
    let others = 3;
    const { service, items, names } = serviceOf(ready, async (step) => {
      const video = items.get(videoId);
      if (step !== 'videos.change' || video === undefined || others === 0) return;
      others--;
      items.set(videoId, {
        ...video,
        version: video.version + 1,
        captions: [...(video.captions ?? []), { ...embedded, name: `n${others}` }],
      });
    });
    await service.put(videoId, 'de', sent, 9);
    expect(names()).toEqual(['n2', 'n1', 'n0', 'de']);
  });

  it.each([
    ['a fault in the text', { text: '1\n00:00:02,000 --> 00:00:01,000\nx' }, { fault: 'end-before-start', line: 2 }],
    ['nothing within the title', { text: '1\n00:01:00,000 --> 00:02:00,000\nx' }, { fault: 'empty' }],
  ])('with %s is refused, and keeps nothing', async (_, wrong, extra) => {
    const { service, kept, names, events } = serviceOf(ready);
    expect(await service.put(videoId, 'de', { ...sent, ...wrong }, 9)).toMatchObject({
      code: 'captions-invalid',
      extra,
    });
    expect([kept, names(), events]).toEqual([[], [], []]);
  });

  it('beyond what a video may have is refused; replacing is not', async () => {
    const captions = Array.from({ length: maxCaptionTracks }, (_, i) => ({ ...embedded, name: `t-${i}` }));
    const { service } = serviceOf({ ...ready, captions });
    expect(await service.put(videoId, 'one-more', sent, 9)).toMatchObject({ code: 'too-many-captions' });
    expect(isProblem(await service.put(videoId, 't-7', sent, 9))).toBe(false);
  });
});

describe('taking captions off', () => {
  it('happens once, and is told each time: the first call may have died before it said so', async () => {
    const { service, names, events } = serviceOf({ ...ready, captions: [embedded] });
    expect(await service.remove(videoId, 'embedded-1', 9)).toBeUndefined();
    expect(await service.remove(videoId, 'embedded-1', 9)).toMatchObject({ code: 'captions-not-found' });
    expect([names(), events]).toEqual([[], [changed, changed]]);
  });

  it('of a video that is no more is like that of none', async () => {
    const { service } = serviceOf({ ...ready, state: 'deleted', captions: [embedded] });
    expect(await service.remove(videoId, 'embedded-1', 9)).toMatchObject({ code: 'video-not-found' });
    expect(await service.put(videoId, 'de', sent, 9)).toMatchObject({ code: 'video-not-found' });
    expect(await service.list(videoId)).toMatchObject({ code: 'video-not-found' });
  });
});
