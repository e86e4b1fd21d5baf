import { beforeEach, describe, expect, it } from 'vitest';
import type { Position } from '../../../domain/history/position.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { historyService } from '../../../lambdas/history/service.ts';
import { type HistoryStore, Settings } from '../../../lambdas/history/store.ts';
import type { Publish } from '../../../platform/clients/events.ts';
import { newVideoId } from '../../../platform/ids.ts';

const ada = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;
const now = 1_800_000_000_000;
const minute = 60_000;

/** The history of one person. */
function inMemory() {
  let settings: Settings = Settings.parse({});
  const items = new Map<VideoId, Position>();
  const writes: Position[] = [];
  const store: HistoryStore = {
    settings: async () => settings,
    pause: async (_, paused) => {
      settings = { ...settings, paused };
    },
    markCleared: async (_, clearedAt) => {
      settings = { ...settings, clearedAt };
    },
    async keep(_, position) {
      writes.push(position);
      const before = items.get(position.videoId);
      if (before && before.watchedAt >= position.watchedAt) return 'older than what is kept';
      items.set(position.videoId, position);
      return before?.startedAt === position.startedAt ? 'viewing goes on' : 'viewing began';
    },
    position: async (_, videoId) => items.get(videoId),
    remove: async (_, videoId) => void items.delete(videoId),
    list: async () => ({ positions: [...items.values()].sort((a, b) => b.startedAt - a.startedAt), cursor: null }),
    async *watchedUntil() {},
    removeUntil: async () => {},
  };
  return { store, writes };
}

let published: { name: string; detail: unknown }[];
let memory: ReturnType<typeof inMemory>;
let history: ReturnType<typeof historyService>;
const video = newVideoId();
const at = (watchedAt: number, positionSeconds: number, over: Partial<Position> = {}): Position => ({
  videoId: video,
  positionSeconds,
  durationSeconds: 600,
  watchedAt,
  startedAt: now - 10 * minute,
  ...over,
});

beforeEach(() => {
  published = [];
  const publish: Publish = async ({ name }, detail) => void published.push({ name, detail });
  memory = inMemory();
  history = historyService(memory.store, publish);
});

describe('a position', () => {
  it('that is latest counts, in whatever order they come', async () => {
    await history.keep(ada, at(now - minute, 60), now);
    await history.keep(ada, at(now - 2 * minute, 200), now);
    expect((await history.get(ada, video)).watched).toMatchObject({ positionSeconds: 60, resumeSeconds: 60 });
    await history.keep(ada, at(now, 590), now);
    expect((await history.get(ada, video)).watched).toMatchObject({ positionSeconds: 590, resumeSeconds: 0 });
  });

  it('is told to others once for each viewing', async () => {
    for (const ago of [3, 2, 1]) await history.keep(ada, at(now - ago * minute, 60), now);
    await history.keep(ada, at(now, 5, { startedAt: now }), now);
    expect(published).toEqual([
      {
        name: 'video.watched',
        detail: { userId: ada, videoId: video, startedAt: now - 10 * minute, positionSeconds: 60 },
      },
      { name: 'video.watched', detail: { userId: ada, videoId: video, startedAt: now, positionSeconds: 5 } },
    ]);
  });

  it('is neither kept nor told while the history is paused', async () => {
    expect(await history.pause(ada, true)).toEqual({ paused: true });
    await history.keep(ada, at(now, 60), now);
    expect(memory.writes).toEqual([]);
    expect(published).toEqual([]);
    expect(await history.get(ada, video)).toEqual({ watched: null, paused: true });
    await history.pause(ada, false);
    await history.keep(ada, at(now, 60), now);
    expect((await history.list(ada, { limit: 10, cursor: undefined })).videos).toHaveLength(1);
  });
});

describe('a history that is cleared', () => {
  it('is empty at once, and what was watched before and is sent late does not come back', async () => {
    await history.keep(ada, at(now - 5 * minute, 60), now);
    await history.clear(ada, now);
    const empty = { videos: [], cursor: null, paused: false };
    expect(await history.list(ada, { limit: 10, cursor: undefined })).toEqual(empty);
    expect((await history.get(ada, video)).watched).toBeNull();
    await history.keep(ada, at(now - minute, 90, { videoId: newVideoId() }), now + minute);
    expect(await history.list(ada, { limit: 10, cursor: undefined })).toEqual(empty);
    expect(published.at(-1)).toEqual({ name: 'history.cleared', detail: { userId: ada, clearedAt: now } });
    await history.keep(ada, at(now + minute, 90), now + minute);
    expect((await history.get(ada, video)).watched).toMatchObject({ positionSeconds: 90 });
  });
});
