import { describe, expect, it } from 'vitest';
import {
  deletion,
  interruptedRun,
  isRestorable,
  restorableMs,
  restoration,
} from '../../../../domain/video/deletion.ts';
import { attemptsKept, attemptsLeft } from '../../../../domain/video/old-attempts.ts';
import { irreplaceable, replaced } from '../../../../domain/video/replacement.ts';
import { type Source, Video, type VideoState } from '../../../../domain/video/video.ts';
import { watchedAttempt } from '../../../../domain/video/watched.ts';

const now = 1_800_000_000_000;
const source = (uploadId: string): Source =>
  ({ key: `sources/v/${uploadId}`, uploadId, fileName: 'a.mp4', contentType: 'video/mp4', sizeBytes: 1 }) as Source;
const video = (state: VideoState, more: Partial<Video> = {}): Video => ({
  ...Video.parse({
    videoId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    ownerId: 'aaaaaaaa-0000-4000-8000-000000000001',
    title: 'Holiday',
    visibility: 'private',
    state,
    attempt: 1,
    version: 3,
    createdAt: 1,
    updatedAt: 2,
  }),
  ...more,
});
/** The record after a change. */
function changed(record: Video, change: ReturnType<typeof deletion> | ReturnType<typeof restoration>): Video {
  if (change.is !== 'change') throw new Error(change.is);
  const next = { ...record, ...change.set };
  for (const field of change.remove) delete next[field];
  return next;
}
const deleted = (record: Video, forGood = false) => changed(record, deletion(record, now, forGood));

describe('a deleted video', () => {
  it('comes back as it was, within thirty days and not later', () => {
    const { updatedAt: _, ...was } = video('ready', { publishAt: now + 5, chapters: [] });
    const gone = deleted({ ...was, updatedAt: 2 });
    expect(gone).toMatchObject({ state: 'deleted', deletedAt: now, purgeAt: now + restorableMs });
    expect(changed(gone, restoration(gone, now + restorableMs - 1))).toEqual({ ...was, updatedAt: 2 });
    expect(restoration(gone, now + restorableMs).is).toBe('refused');
    expect([isRestorable(gone, now), isRestorable(gone, now + restorableMs)]).toEqual([true, false]);
  });

  it('is deleted once, however often that is asked for; for good, also later, and then for ever', () => {
    const gone = deleted(video('failed'));
    expect(deletion(gone, now + 1, false).is).toBe('already');
    const forGood = changed(gone, deletion(gone, now + 1, true));
    expect(forGood).toMatchObject({ deletedAt: now, purgeAt: now + 1, stateBeforeDeletion: 'failed' });
    expect(deletion(forGood, now + 2, true).is).toBe('already');
    expect(restoration(forGood, now + 1).is).toBe('refused');
  });

  it('that never had its file is nothing to have back', () => {
    for (const state of ['draft', 'uploading'] as const) expect(deleted(video(state)).purgeAt).toBe(now);
  });

  it('goes on with the run that was broken off, by an execution of another name', () => {
    const gone = deleted(video('playable', { firstExecution: 4 }));
    expect(interruptedRun(gone)).toMatchObject({ attempt: 1 });
    expect(changed(gone, restoration(gone, now))).toMatchObject({ state: 'playable', firstExecution: 8 });
    expect(interruptedRun(deleted(video('ready')))).toBeUndefined();
  });

  it('has what its older attempts left behind removed after all', () => {
    const gone = deleted(video('ready', { attempt: 2 }));
    expect(changed(gone, restoration(gone, now)).removalAt).toBeGreaterThan(now);
    expect(restoration(video('ready'), now).is).toBe('already');
  });
});

describe('attempts', () => {
  it('stay while somebody may watch them: the newest, the one ready before it, and that of the poster', () => {
    const third = video('processing', { attempt: 4, readyAttempt: 3, posterAttempt: 2 });
    expect(attemptsKept(third)).toEqual([4, 3, 2]);
    expect(attemptsLeft(third)).toEqual([1]);
    expect(attemptsLeft(video('ready'))).toEqual([]);
  });

  it('of a file that was replaced go once the new one is ready, and not before', () => {
    const replacedTwice = { attempt: 3, readyAttempt: 2, sourceSince: 3 };
    expect(attemptsLeft(video('processing', replacedTwice))).toEqual([1]);
    expect(attemptsLeft(video('failed', replacedTwice))).toEqual([1]);
    expect(attemptsLeft(video('ready', replacedTwice))).toEqual([1, 2]);
  });
});

describe('a file', () => {
  it('is replaced only where nothing is under way', () => {
    const states: VideoState[] = ['ready', 'failed', 'rejected'];
    const others: VideoState[] = ['draft', 'uploading', 'processing', 'playable', 'blocked', 'deleted'];
    expect(states.map((state) => irreplaceable(video(state)))).toEqual([undefined, undefined, undefined]);
    for (const state of others) expect(irreplaceable(video(state))).toMatch(/\.$/);
  });

  it('that takes the place of another is a new attempt, while the old one is watched', () => {
    const old = video('ready', { attempt: 2, source: source('one'), replacement: source('two') });
    const { set, remove } = replaced(old, source('two'), now);
    expect(set).toMatchObject({ state: 'processing', attempt: 3, readyAttempt: 2, sourceSince: 3, uploadedAt: now });
    expect(set.source?.uploadId).toBe('two');
    expect(remove).toContain('replacement');
    expect(watchedAttempt({ ...old, ...set })).toBe(2);
    expect(watchedAttempt({ ...old, ...set, state: 'rejected' })).toBe(2);
    expect(watchedAttempt({ ...old, ...set, state: 'playable' })).toBe(3);
  });
});
