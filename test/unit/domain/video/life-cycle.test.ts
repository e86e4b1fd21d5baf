import { expect, it } from 'vitest';
import type { Caller } from '../../../../domain/access/policy.ts';
import type { UserId } from '../../../../domain/ids.ts';
import { isSettled, mayBecome, statesBefore } from '../../../../domain/video/life-cycle.ts';
import { VideoState, type Visibility } from '../../../../domain/video/video.ts';
import { mayWatch } from '../../../../domain/video/visibility.ts';

it('leads from draft to ready, and every state but deleted has a way on', () => {
  const path: VideoState[] = ['draft', 'uploading', 'processing', 'playable', 'ready'];
  for (const [i, state] of path.slice(0, -1).entries()) expect(mayBecome(state, path[i + 1] ?? 'draft')).toBe(true);
  for (const state of VideoState.options) {
    expect(VideoState.options.some((to) => mayBecome(state, to))).toBe(state !== 'deleted');
  }
});

it('never comes back from deleted, and never becomes ready without processing', () => {
  expect(VideoState.options.filter((to) => mayBecome('deleted', to))).toEqual([]);
  expect(statesBefore('ready')).not.toContain('uploading');
  expect(statesBefore('playable')).toEqual(expect.arrayContaining(['processing']));
  expect(isSettled('processing')).toBe(false);
});

const now = 1_000_000;
const caller = (userId: string): Caller => ({
  userId: userId as UserId,
  sessionId: 's',
  roles: ['viewer'],
  email: 'a@b.c',
  name: 'Grace',
});
const video = (visibility: Visibility, state: VideoState = 'ready') => ({
  ownerId: 'o' as UserId,
  visibility,
  state,
});

it('lets the owner watch always, others only what is not private', () => {
  expect(mayWatch(video('private'), caller('o'), now)).toBe(true);
  expect(mayWatch(video('private'), caller('x'), now)).toBe(false);
  expect(mayWatch(video('private'), undefined, now)).toBe(false);
  expect(mayWatch(video('unlisted'), undefined, now)).toBe(true);
  expect(mayWatch(video('public'), undefined, now)).toBe(true);
  expect(mayWatch(video('public', 'blocked'), undefined, now)).toBe(false);
  expect(mayWatch(video('public', 'blocked'), caller('o'), now)).toBe(true);
  expect(mayWatch(video('public', 'deleted'), caller('o'), now)).toBe(false);
});

it('lets those with a paid plan watch what is for members, while they have it', () => {
  expect(mayWatch(video('members'), { ...caller('x'), memberUntil: now + 1 }, now)).toBe(true);
  expect(mayWatch(video('members'), { ...caller('x'), memberUntil: now }, now)).toBe(false);
  expect(mayWatch(video('members'), caller('x'), now)).toBe(false);
  expect(mayWatch(video('members'), undefined, now)).toBe(false);
  expect(mayWatch(video('private'), { ...caller('x'), memberUntil: now + 1 }, now)).toBe(false);
});

it('keeps what is not published yet to its owner', () => {
  const scheduled = { ...video('public'), publishAt: now + 1 };
  expect(mayWatch(scheduled, caller('x'), now)).toBe(false);
  expect(mayWatch(scheduled, caller('o'), now)).toBe(true);
  expect(mayWatch(scheduled, caller('x'), now + 1)).toBe(true);
});
