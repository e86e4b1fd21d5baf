import type { Position } from '../../../domain/history/position.ts';
import type { VideoId } from '../../../domain/ids.ts';
import type { LocalPositionStore } from '../../shared/history/local-positions.ts';

/** Kept in the browser this often: what a crash loses. */
const localEveryMs = 5_000;
/** Sent to the site this often: 28,000 viewers who send more often would be thousands of writes a second. */
const sentEveryMs = 30_000;
/** Whoever looks for a place seeks many times: only where they stay counts. */
const seekSettlesMs = 2_000;

export interface Place {
  readonly positionSeconds: number;
  readonly durationSeconds: number;
}

/** Hands a position to the site. `leaving`: the page goes away, and nobody will be there for the answer. @returns whether it has arrived. */
export type SendPosition = (position: Position, leaving: boolean) => Promise<boolean>;

export interface KeeperParts {
  readonly local: LocalPositionStore;
  /** Undefined for those who have not signed in: theirs stays in the browser. */
  readonly send: SendPosition | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Keeps how far a viewing has come: in the browser every 5 s, and on the site every 30 s, and whenever something happens. */
export function positionKeeper(videoId: VideoId, { local, send, now }: KeeperParts) {
  let startedAt: number | undefined;
  let keptAt = Number.NEGATIVE_INFINITY;
  let sentAt = Number.NEGATIVE_INFINITY;
  let sentSeconds = Number.NaN;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const keep = ({ positionSeconds, durationSeconds }: Place): Position => {
    const at = now();
    startedAt ??= at;
    keptAt = at;
    const position = {
      videoId,
      positionSeconds,
      ...(durationSeconds > 0 && { durationSeconds }),
      watchedAt: at,
      startedAt,
    };
    local.put({ ...position, sent: false });
    return position;
  };

  const handOver = (position: Position, leaving: boolean): void => {
    if (send === undefined) return;
    sentAt = position.watchedAt;
    sentSeconds = position.positionSeconds;
    void send(position, leaving).then((arrived) => arrived && local.markSent(position));
  };

  const keepAndSend = (place: Place, leaving: boolean): void => {
    clearTimeout(settling);
    // Nothing was watched, or nothing since it was last sent.
    if (startedAt === undefined || Math.abs(place.positionSeconds - sentSeconds) < 1) return;
    handOver(keep(place), leaving);
  };

  return {
    /** As it plays, as often as the player says so. */
    watching(place: Place): void {
      if (startedAt === undefined) {
        startedAt = now();
        // The first is sent half a minute in: who leaves at once has not watched it.
        sentAt = startedAt;
      }
      const at = now();
      if (at - sentAt >= sentEveryMs && send !== undefined) keepAndSend(place, false);
      else if (at - keptAt >= localEveryMs) keep(place);
    },
    paused: (place: Place): void => keepAndSend(place, false),
    sought(place: Place): void {
      if (startedAt === undefined) return;
      clearTimeout(settling);
      settling = setTimeout(() => keepAndSend(place, false), seekSettlesMs);
    },
    /** The page is hidden or goes away: perhaps for ever. */
    leaving: (place: Place): void => keepAndSend(place, true),
    close: (): void => clearTimeout(settling),
  };
}

export type PositionKeeper = ReturnType<typeof positionKeeper>;

/** Sends what was kept while there was no connection, the last first; stops when there is none again. */
export async function sendUnsent(local: LocalPositionStore, send: SendPosition): Promise<void> {
  for (const { sent: _, ...position } of local.unsent()) {
    if (!(await send(position, false))) return;
    local.markSent(position);
  }
}
