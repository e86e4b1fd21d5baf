import { describe, expect, it } from 'vitest';
import { maxResumptions } from '../../../../domain/jobs/jobs.ts';
import { mayBecome } from '../../../../domain/video/life-cycle.ts';
import { Reprocess, reprocessing } from '../../../../domain/video/reprocess.ts';
import { Video, VideoState } from '../../../../domain/video/video.ts';
import { watchedAttempt } from '../../../../domain/video/watched.ts';

const key = (attempt: number) => ({
  attempt,
  encryption: { scheme: 'cbcs' as const, keyId: '0'.repeat(31) + attempt, iv: 'f'.repeat(32) },
  wrapped: 'sealed',
});
const video = (change: Partial<Video>): Video => ({
  ...Video.parse({
    videoId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    ownerId: 'aaaaaaaa-0000-4000-8000-000000000001',
    title: 'Holiday',
    visibility: 'public',
    state: 'ready',
    attempt: 1,
    version: 9,
    createdAt: 1,
    updatedAt: 1,
  }),
  ...change,
});
/** The record after the change that the rule asks for. */
function asChanged(before: Video, what: Reprocess): Video {
  const decided = reprocessing(before, what);
  if (decided.is !== 'begun') throw new Error(decided.is);
  const changed: Record<string, unknown> = { ...before, ...decided.set };
  for (const field of decided.remove) delete changed[field];
  return changed as Video;
}

describe('processing a video again', () => {
  it('goes where the life cycle allows it, from every state that it allows', () => {
    for (const state of VideoState.options)
      for (const what of Reprocess.options) {
        const decided = reprocessing(video({ state }), what);
        if (decided.is === 'begun') expect(mayBecome(state, decided.set.state), `${state} ${what}`).toBe(true);
      }
  });

  it.each(['processing', 'playable'] as const)('that is %s is the run under way, whatever is asked', (state) => {
    for (const what of Reprocess.options)
      expect(reprocessing(video({ state, attempt: 4 }), what)).toMatchObject({ is: 'under-way', run: { attempt: 4 } });
  });

  it.each<[Partial<Video>, Reprocess]>([
    [{ state: 'blocked' }, 'everything'],
    [{ state: 'uploading', attempt: 0 }, 'everything'],
    [{ state: 'rejected', attempt: 0 }, 'everything'],
    [{ state: 'ready' }, 'failed'],
    [{ state: 'rejected' }, 'failed'],
  ])('%o is refused for %s', (record, what) => {
    expect(reprocessing(video(record), what).is).toBe('refused');
  });

  it('as a whole takes nothing from viewers: they watch the attempt that was ready, with its key, until the new one is playable', () => {
    const begun = asChanged(video({ contentKey: key(1), readyAt: 5, playableAt: 4, progress: 1 }), 'everything');
    expect(begun).toMatchObject({ state: 'processing', attempt: 2, readyAttempt: 1, formerKey: key(1) });
    expect([begun.readyAt, begun.playableAt, begun.progress, begun.contentKey]).toEqual(Array(4).fill(undefined));
    expect(watchedAttempt(begun)).toBe(1);
    expect(watchedAttempt({ ...begun, state: 'playable' })).toBe(2);
    expect(watchedAttempt({ ...begun, state: 'ready' })).toBe(2);
  });

  it('that fails gives viewers back what was ready, also after another try', () => {
    const failed = {
      ...asChanged(video({ contentKey: key(1) }), 'everything'),
      state: 'failed' as const,
      contentKey: key(2),
    };
    expect(watchedAttempt(failed)).toBe(1);
    const again = asChanged(failed, 'everything');
    expect(again).toMatchObject({ attempt: 3, readyAttempt: 1, formerKey: key(1) });
    expect(watchedAttempt(again)).toBe(1);
    expect(watchedAttempt({ ...again, state: 'blocked' })).toBeUndefined();
    expect(watchedAttempt({ ...again, state: 'deleted' })).toBeUndefined();
  });

  it('a title that was never ready is not watched while it is processed again', () => {
    expect(watchedAttempt(asChanged(video({ state: 'failed' }), 'everything'))).toBeUndefined();
  });

  it('a key is not kept for a title that has become clear', () => {
    const clear = asChanged(video({ formerKey: key(1), attempt: 2 }), 'everything');
    expect(clear.formerKey).toBeUndefined();
  });

  it('where it failed keeps the attempt, is watched if it was playable, and has executions of its own', () => {
    const reason = { code: 'encode-failed' as const, detail: 'disk full' };
    const once = asChanged(video({ state: 'failed', reason, playableAt: 4, contentKey: key(1) }), 'failed');
    expect(once).toMatchObject({ state: 'playable', attempt: 1, contentKey: key(1), playableAt: 4 });
    expect(once.reason).toBeUndefined();
    expect(once.firstExecution).toBe(maxResumptions + 1);
    expect(asChanged({ ...once, state: 'failed' }, 'failed').firstExecution).toBe(2 * (maxResumptions + 1));
    expect(asChanged(video({ state: 'failed', reason }), 'failed').state).toBe('processing');
  });
});
