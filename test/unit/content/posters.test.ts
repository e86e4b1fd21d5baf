import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../domain/api/problems.ts';
import type { PictureId, VideoId } from '../../../domain/ids.ts';
import { type JobMessage, jobId, maxTries } from '../../../domain/jobs/jobs.ts';
import { Video } from '../../../domain/video/video.ts';
import { posterService } from '../../../lambdas/content/posters.ts';
import { routes } from '../../../lambdas/content/routes.ts';
import { inMemoryJobs } from '../jobs/in-memory.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as VideoId;
const pictureId = '01ARZ3NDEKTSV4RRFFQ69G5FB1' as PictureId;
const checksum = `${'A'.repeat(43)}=`;

const ready = Video.parse({
  videoId,
  ownerId: 'aaaaaaaa-0000-4000-8000-000000000001',
  title: 'Holiday',
  visibility: 'private',
  state: 'ready',
  attempt: 2,
  version: 3,
  createdAt: 1,
  updatedAt: 2,
  posterAttempt: 2,
  posterCandidates: 3,
});

function scene(video: Video = ready) {
  const state = { video, stored: new Map<string, number>() };
  const jobs = inMemoryJobs();
  const sent: JobMessage[] = [];
  const service = posterService({
    videos: {
      get: async (id) => (id === videoId ? state.video : undefined),
      async change(_, { set }) {
        state.video = Video.parse({ ...state.video, ...set, version: state.video.version + 1 });
        return state.video;
      },
    },
    pictures: {
      sign: async () => ({ url: 'https://storage.example/', headers: {} }),
      sizeOf: async (_, id) => state.stored.get(id),
    },
    jobs,
    sendJobs: async (messages) => void sent.push(...messages),
  });
  const list = async () => routes.listPosters.answer.body.parse(await service.list(videoId, 0));
  return { state, jobs, sent, service, list };
}

const codeOf = (answer: unknown) => (isProblem(answer) ? answer.code : answer);

describe('the poster of a video', () => {
  it('is the best candidate until another is chosen', async () => {
    const { service, list } = scene();
    expect((await list()).candidates).toEqual(
      [1, 2, 3].map((number) => ({
        number,
        path: `/media/${videoId}/2/posters/${number}.jpg`,
        chosen: number === 1,
      })),
    );
    const chosen = await service.choose(videoId, { kind: 'candidate', number: 2 }, 9);
    expect(chosen).toMatchObject({ poster: `/media/${videoId}/2/posters/2.jpg` });
    expect((await list()).candidates.map((one) => one.chosen)).toEqual([false, true, false]);
  });

  it('is no picture that the video does not have', async () => {
    const { service } = scene({ ...ready, posterCandidates: 1 });
    expect(codeOf(await service.choose(videoId, { kind: 'candidate', number: 2 }, 9))).toBe('poster-not-found');
    expect(codeOf(await service.choose(videoId, { kind: 'own', pictureId }, 9))).toBe('poster-not-found');
  });

  it('stays the candidate of its number when the video is processed anew, or the best if there is none such', async () => {
    const chosen: Video = { ...ready, poster: { kind: 'candidate', number: 3 }, posterAttempt: 5 };
    expect((await scene(chosen).list()).candidates[2]).toMatchObject({
      path: `/media/${videoId}/5/posters/3.jpg`,
      chosen: true,
    });
    const fewer = await scene({ ...chosen, posterCandidates: 2 }).list();
    expect(fewer.candidates.map((one) => one.chosen)).toEqual([true, false]);
  });

  it('stays a picture of the creator’s, whatever is processed, and though a later one was refused', async () => {
    const { list } = scene({
      ...ready,
      posterAttempt: 7,
      poster: { kind: 'own', pictureId },
      picture: { pictureId: `${pictureId.slice(0, -1)}2` as PictureId, state: 'refused', problem: 'picture-damaged' },
    });
    const posters = await list();
    expect(posters.own).toEqual({ pictureId, path: `/media/${videoId}/pictures/${pictureId}.jpg`, chosen: true });
    expect(posters.sent?.problem?.code).toBe('picture-damaged');
  });
});

describe('a picture that is sent', () => {
  it('is made into a poster by one job, however often it is asked for', async () => {
    const { state, sent, service, list } = scene();
    expect(codeOf(await service.begin(videoId, pictureId, 9))).toBe('picture-incomplete');
    state.stored.set(pictureId, 1000);
    await service.begin(videoId, pictureId, 9);
    await service.begin(videoId, pictureId, 9);
    expect(new Set(sent.map(jobId))).toEqual(new Set([`picture-${pictureId}`]));
    expect((await list()).sent).toEqual({ pictureId, state: 'pending', problem: null });
  });

  it('is sent on again where a crash came between its record and its message', async () => {
    const { state, sent, service } = scene();
    state.stored.set(pictureId, 1000);
    await service.begin(videoId, pictureId, 9);
    sent.length = 0;
    await service.begin(videoId, pictureId, 9);
    expect(sent.map(jobId)).toEqual([`picture-${pictureId}`]);
  });

  it('is given up, with a sentence, when its job has failed as often as it may', async () => {
    const { state, jobs, service, list } = scene();
    state.stored.set(pictureId, 1000);
    await service.begin(videoId, pictureId, 9);
    const lease = { run: { videoId, attempt: 2 }, jobId: `picture-${pictureId}`, workerId: 'w' };
    for (let i = 0; i < maxTries; i++) {
      await jobs.claim(lease, 0);
      await jobs.recordFailure(lease, { lastError: { code: 'internal', detail: 'no disk' }, failedAt: 0 });
    }
    expect((await list()).sent).toMatchObject({ state: 'refused', problem: { code: 'picture-not-made' } });
  });

  it.each([
    [{ contentType: 'image/svg+xml', sizeBytes: 10, checksum }, 'type-not-accepted'],
    [{ contentType: 'image/png', sizeBytes: 20 * 1024 * 1024 + 1, checksum }, 'file-too-large'],
  ])('is not taken as %o', async (body, code) => {
    expect(codeOf(await scene().service.sign(videoId, body, 9))).toBe(code);
  });
});
