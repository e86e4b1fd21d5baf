import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';

/** So much must be there after the target of a seek for it to need no request, in seconds. */
const enoughSeconds = 1;

export interface LowestFirst {
  /** Call before a seek. */
  readonly beforeSeek: (targetSeconds: number) => void;
  readonly setEncoding: (encoding: boolean) => void;
}

/**
 * While a title is being encoded, a place that nobody has watched is encoded on request, lowest quality first. So at the
 * start and after a seek the player asks for that one, until it plays; then the rate adaptation is free again.
 */
export function lowestFirst(
  player: shaka.Player,
  video: HTMLVideoElement,
  { lowestHeight, encoding: encodingAtFirst, signal }: { lowestHeight: number; encoding: boolean; signal: AbortSignal },
): LowestFirst {
  let encoding = encodingAtFirst;
  let held = false;
  const hold = () => {
    if (held || !encoding || !player.getConfiguration().abr.enabled) return;
    held = true;
    player.configure('abr.restrictions.maxHeight', lowestHeight);
  };
  const release = () => {
    if (!held) return;
    held = false;
    player.configure('abr.restrictions.maxHeight', Number.POSITIVE_INFINITY);
  };
  const isBuffered = (target: number) => {
    const { buffered } = video;
    for (let i = 0; i < buffered.length; i += 1) {
      if (target >= buffered.start(i) && target + enoughSeconds <= buffered.end(i)) return true;
    }
    return false;
  };
  const beforeSeek = (target: number) => {
    if (!isBuffered(target)) hold();
  };
  hold();
  video.addEventListener('playing', release, { signal });
  // Seeks that do not come from our controls (media keys, picture in picture).
  video.addEventListener('seeking', () => beforeSeek(video.currentTime), { signal });
  return {
    beforeSeek,
    setEncoding(now) {
      encoding = now;
      if (!now) release();
    },
  };
}
