import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import { standing } from './standing.ts';

export interface AheadOfEncode {
  /** Call before a seek. */
  readonly beforeSeek: (targetSeconds: number) => void;
  /** The share of the title that is done, from 0 to 1. */
  readonly setEncoded: (encoded: number) => void;
}

/**
 * What the encode of a title has not reached is encoded on request, segment by segment. There the player asks for the lowest
 * quality alone: it comes soonest, and takes least from the encode. Where the encode has been, and in a title that is ready,
 * the rate adaptation is free.
 */
export function lowestAheadOfEncode(
  player: shaka.Player,
  video: HTMLVideoElement,
  { lowestHeight, encoded: encodedAtFirst, signal }: { lowestHeight: number; encoded: number; signal: AbortSignal },
): AheadOfEncode {
  let encoded = encodedAtFirst;
  let held = false;
  const restrict = (hold: boolean) => {
    if (held === hold || (hold && !player.getConfiguration().abr.enabled)) return;
    held = hold;
    player.configure('abr.restrictions.maxHeight', hold ? lowestHeight : Number.POSITIVE_INFINITY);
  };
  const look = (atSeconds = video.currentTime) => {
    const now = standing(atSeconds, encoded, video.duration);
    if (now !== 'near') restrict(now === 'ahead');
  };
  look();
  // Seeks that do not come from our controls too (media keys, picture in picture).
  for (const type of ['durationchange', 'timeupdate', 'seeking'])
    video.addEventListener(type, () => look(), { signal });
  return {
    beforeSeek: look,
    setEncoded(now) {
      encoded = now;
      look();
    },
  };
}
