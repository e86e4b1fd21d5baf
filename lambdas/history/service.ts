import { historyCleared, videoWatched } from '../../domain/events/events.ts';
import { believedTimes, type Position, resumeSeconds } from '../../domain/history/position.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import type { Publish } from '../../platform/clients/events.ts';
import type { WatchedVideo } from './routes.ts';
import type { HistoryStore, Settings } from './store.ts';

const watchedVideo = (position: Position): WatchedVideo => ({
  ...position,
  durationSeconds: position.durationSeconds ?? null,
  resumeSeconds: resumeSeconds(position),
});

/** Cleared and perhaps not deleted yet. */
const isGone = ({ watchedAt }: Position, { clearedAt }: Settings) => watchedAt <= clearedAt;

/** What a person has watched, and how far. What they cleared is gone at once; clear.ts deletes it afterwards. */
export const historyService = (history: HistoryStore, publish: Publish) => ({
  async list(userId: UserId, page: { limit: number; cursor: string | undefined }) {
    const [settings, { positions, cursor }] = await Promise.all([
      history.settings(userId, 'consistently'),
      history.list(userId, page),
    ]);
    const videos = positions.filter((position) => !isGone(position, settings)).map(watchedVideo);
    return { videos, cursor, paused: settings.paused };
  },

  async get(userId: UserId, videoId: VideoId) {
    const [settings, position] = await Promise.all([
      history.settings(userId, 'consistently'),
      history.position(userId, videoId),
    ]);
    const watched = position && !isGone(position, settings) ? watchedVideo(position) : null;
    return { watched, paused: settings.paused };
  },

  /** Nothing is kept while the history is paused, nor what was watched before it was cleared and is sent late. */
  async keep(userId: UserId, sent: Position, now: number): Promise<void> {
    const position = { ...sent, ...believedTimes(sent, now) };
    const settings = await history.settings(userId, 'eventually');
    if (settings.paused || isGone(position, settings)) return;
    if ((await history.keep(userId, position)) !== 'viewing began') return;
    const { videoId, startedAt, positionSeconds } = position;
    await publish(videoWatched, { userId, videoId, startedAt, positionSeconds });
  },

  remove: (userId: UserId, videoId: VideoId): Promise<void> => history.remove(userId, videoId),

  async clear(userId: UserId, now: number): Promise<void> {
    await history.markCleared(userId, now);
    await publish(historyCleared, { userId, clearedAt: now });
  },

  async pause(userId: UserId, paused: boolean): Promise<{ paused: boolean }> {
    await history.pause(userId, paused);
    return { paused };
  },
});
