import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Position } from '../../../../domain/history/position.ts';
import type { UserId } from '../../../../domain/ids.ts';
import { newVideoId } from '../../../../platform/ids.ts';
import { localPositions } from '../../../../web/shared/history/local-positions.ts';
import { positionKeeper, sendUnsent } from '../../../../web/watch/position/position-keeper.ts';

const ada = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;
const video = newVideoId();
const durationSeconds = 3600;

function inMemoryStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

let online: boolean;
let sent: (Position & { leaving: boolean })[];
let local: ReturnType<typeof localPositions>;
const send = async (position: Position, leaving: boolean) => {
  if (online) sent.push({ ...position, leaving });
  return online;
};
const keeperOf = (isSignedIn: boolean) =>
  positionKeeper(video, { local, send: isSignedIn ? send : undefined, now: Date.now });
type Keeper = ReturnType<typeof keeperOf>;

/** Players tell the time four times a second. */
async function watch(keeper: Keeper, from: number, seconds: number): Promise<number> {
  for (let at = 0; at < seconds; at += 0.25) {
    await vi.advanceTimersByTimeAsync(250);
    keeper.watching({ positionSeconds: from + at + 0.25, durationSeconds });
  }
  return from + seconds;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  online = true;
  sent = [];
  local = localPositions(inMemoryStorage(), ada);
});
afterEach(() => void vi.useRealTimers());

describe('ten minutes of watching', () => {
  it('are twenty requests, and one more when it is paused', async () => {
    const keeper = keeperOf(true);
    const at = await watch(keeper, 0, 600);
    expect(sent.length).toBeGreaterThanOrEqual(19);
    expect(sent.length).toBeLessThanOrEqual(20);
    const before = sent.length;
    await vi.advanceTimersByTimeAsync(3_000);
    keeper.paused({ positionSeconds: at, durationSeconds });
    keeper.paused({ positionSeconds: at, durationSeconds });
    keeper.leaving({ positionSeconds: at, durationSeconds });
    expect(sent.length).toBeLessThanOrEqual(before + 1);
    expect(new Set(sent.map(({ startedAt }) => startedAt)).size).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(local.of(video)).toMatchObject({ positionSeconds: sent.at(-1)?.positionSeconds, sent: true });
  });

  it('are none at all without signing in, and yet this browser knows where it was', async () => {
    await watch(keeperOf(false), 0, 600);
    expect(sent).toEqual([]);
    expect(local.of(video)?.positionSeconds).toBeGreaterThan(594);
  });
});

describe('a viewer', () => {
  it('who looks for a place sends only the one where they stay', async () => {
    const keeper = keeperOf(true);
    await watch(keeper, 0, 10);
    for (const to of [100, 400, 900, 850]) {
      keeper.sought({ positionSeconds: to, durationSeconds });
      await vi.advanceTimersByTimeAsync(500);
    }
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent.map(({ positionSeconds }) => positionSeconds)).toEqual([850]);
  });

  it('who leaves sends where they were, by what outlives the page', async () => {
    const keeper = keeperOf(true);
    const at = await watch(keeper, 0, 12);
    keeper.leaving({ positionSeconds: at, durationSeconds });
    expect(sent).toMatchObject([{ positionSeconds: 12, leaving: true }]);
  });

  it('who has not watched anything sends nothing', async () => {
    const keeper = keeperOf(true);
    keeper.sought({ positionSeconds: 30, durationSeconds });
    keeper.paused({ positionSeconds: 30, durationSeconds });
    keeper.leaving({ positionSeconds: 30, durationSeconds });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent, local.of(video)]).toEqual([[], undefined]);
  });

  it('whose connection is gone sends the last place when it is back', async () => {
    online = false;
    const keeper = keeperOf(true);
    await watch(keeper, 0, 100);
    expect(sent).toEqual([]);
    expect(local.unsent()).toHaveLength(1);
    await sendUnsent(local, send);
    expect(local.unsent()).toHaveLength(1);
    online = true;
    await sendUnsent(local, send);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.positionSeconds).toBeGreaterThan(94);
    expect(local.unsent()).toEqual([]);
  });
});

describe('what a browser remembers', () => {
  it('is of one person only, and of the hundred videos watched last', () => {
    const storage = inMemoryStorage();
    const of = localPositions(storage, ada);
    const videos = Array.from({ length: 120 }, newVideoId);
    for (const [i, videoId] of videos.entries())
      of.put({ videoId, positionSeconds: i, watchedAt: i, startedAt: i, sent: true });
    expect(of.of(videos[119] ?? video)?.positionSeconds).toBe(119);
    expect(of.of(videos[19] ?? video)).toBeUndefined();
    expect(localPositions(storage, undefined).of(videos[119] ?? video)).toBeUndefined();
    of.clear();
    expect(of.of(videos[119] ?? video)).toBeUndefined();
  });

  it('is nothing if somebody else wrote there', () => {
    const storage = inMemoryStorage();
    storage.setItem(`sluice.positions.${ada}`, '{"a":');
    expect(localPositions(storage, ada).of(video)).toBeUndefined();
  });
});
