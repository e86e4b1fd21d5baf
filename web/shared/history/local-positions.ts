import * as z from 'zod';
import { Position } from '../../../domain/history/position.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';

/** A position as this browser keeps it. `sent`: the site has it too. */
const LocalPosition = Position.extend({ sent: z.boolean() });
export type LocalPosition = z.infer<typeof LocalPosition>;

/** How many videos this browser remembers: those watched last. */
const kept = 100;

const LocalPositions = z.array(LocalPosition).catch([]);
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const prefix = 'sluice.positions.';
const keyOf = (userId: UserId | undefined) => `${prefix}${userId ?? 'nobody'}`;

/** Forgets where everybody was who has signed in here: the browser may be shared, and the site remembers. */
export function forgetPositions(storage: Pick<Storage, 'removeItem'>): void {
  for (const key of Object.keys(storage)) {
    if (key.startsWith(prefix) && key !== keyOf(undefined)) storage.removeItem(key);
  }
}

/** The positions of one person, or of whoever has not signed in, in this browser. */
export function localPositions(storage: Store, userId: UserId | undefined) {
  const key = keyOf(userId);
  const read = (): LocalPosition[] => {
    try {
      return LocalPositions.parse(JSON.parse(storage.getItem(key) ?? '[]'));
    } catch {
      // Not ours, or from before: as good as nothing.
      return [];
    }
  };
  const write = (positions: readonly LocalPosition[]) => {
    try {
      if (positions.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(positions.slice(0, kept)));
    } catch {
      // The browser has no room for it, or keeps nothing: then only the site remembers.
    }
  };
  return {
    of: (videoId: VideoId): LocalPosition | undefined => read().find((position) => position.videoId === videoId),
    /** The one written last comes first. */
    put: (position: LocalPosition): void =>
      write([position, ...read().filter(({ videoId }) => videoId !== position.videoId)]),
    /** Notes that the site has this position, unless a later one has taken its place. */
    markSent: ({ videoId, watchedAt }: Pick<Position, 'videoId' | 'watchedAt'>): void =>
      write(
        read().map((position) =>
          position.videoId === videoId && position.watchedAt === watchedAt ? { ...position, sent: true } : position,
        ),
      ),
    unsent: (): LocalPosition[] => read().filter(({ sent }) => !sent),
    forget: (videoId: VideoId): void => write(read().filter((position) => position.videoId !== videoId)),
    clear: (): void => write([]),
  };
}

export type LocalPositionStore = ReturnType<typeof localPositions>;
