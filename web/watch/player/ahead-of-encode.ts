import { bufferingGoalSeconds, standing } from './standing.ts';

/** Who looks around in a title leaves most places at once. One that was shown for so long is stayed at. */
const stayMs = 1000;

/** What is used of Shaka's player. */
interface Configurable {
  configure(path: string, value: number): unknown;
  getConfiguration(): { abr: { enabled: boolean }; streaming: { bufferingGoal: number } };
}

/** What is used of a video element. */
interface Placed extends EventTarget {
  readonly currentTime: number;
  readonly duration: number;
}

export interface AheadOfEncode {
  /** Call before a seek. */
  readonly beforeSeek: (targetSeconds: number) => void;
  /** The share of the title that is done, from 0 to 1. */
  readonly setEncoded: (encoded: number) => void;
}

/**
 * What the encode of a title has not reached is encoded on request, segment by segment. There the player asks for the lowest
 * quality alone, which comes soonest and takes least from the encode; and for nothing beyond a place that was sought
 * until somebody stays there, since the next place would have to wait for it. Where the encode has been, and in a title
 * that is ready, nothing is held back.
 */
export function sparinglyAheadOfEncode(
  player: Configurable,
  video: Placed,
  { lowestHeight, encoded: encodedAtFirst, signal }: { lowestHeight: number; encoded: number; signal: AbortSignal },
): AheadOfEncode {
  let encoded = encodedAtFirst;
  let looksAround = false;
  let stay: ReturnType<typeof setTimeout> | undefined;
  let held = false;

  const restrict = (hold: boolean) => {
    if (held === hold || (hold && !player.getConfiguration().abr.enabled)) return;
    held = hold;
    player.configure('abr.restrictions.maxHeight', hold ? lowestHeight : Number.POSITIVE_INFINITY);
  };
  const look = (atSeconds = video.currentTime) => {
    const now = standing(atSeconds, encoded, video.duration);
    if (now !== 'near') restrict(now === 'ahead');
    const goal = encoded >= 1 ? 'ready' : looksAround && now === 'ahead' ? 'lookingAround' : 'encoding';
    const seconds = bufferingGoalSeconds[goal];
    if (player.getConfiguration().streaming.bufferingGoal !== seconds)
      player.configure('streaming.bufferingGoal', seconds);
  };
  const sought = (atSeconds?: number) => {
    clearTimeout(stay);
    looksAround = true;
    look(atSeconds);
  };
  const shown = () => {
    clearTimeout(stay);
    stay = setTimeout(() => {
      looksAround = false;
      if (!signal.aborted) look();
    }, stayMs);
  };
  look();
  // Seeks that do not come from our controls too (media keys, picture in picture).
  video.addEventListener('seeking', () => sought(), { signal });
  video.addEventListener('seeked', shown, { signal });
  for (const type of ['durationchange', 'timeupdate']) video.addEventListener(type, () => look(), { signal });
  return {
    beforeSeek: sought,
    setEncoded(now) {
      encoded = now;
      look();
    },
  };
}
