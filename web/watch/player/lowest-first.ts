import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';

/** So much must be there after the target of a seek for it to need no request, in seconds. */
const enoughSeconds = 1;
/** Who looks around in a title does not want each place in its best quality: so long it must have played on, in seconds. */
const steadySeconds = 6;

export interface LowestFirst {
  /** Call before a seek. */
  readonly beforeSeek: (targetSeconds: number) => void;
  readonly setEncoding: (encoding: boolean) => void;
}

/**
 * While a title is being encoded, a place that nobody has watched is encoded on request, lowest quality first. So at the
 * start and after a seek the player asks for that one, until it has played for a while; then the rate adaptation is free again.
 */
export function lowestFirst(
  player: shaka.Player,
  video: HTMLVideoElement,
  { lowestHeight, encoding: encodingAtFirst, signal }: { lowestHeight: number; encoding: boolean; signal: AbortSignal },
): LowestFirst {
  let encoding = encodingAtFirst;
  let held = false;
  let playsSince: number | undefined;
  const hold = () => {
    if (held || !encoding || !player.getConfiguration().abr.enabled) return;
    held = true;
    playsSince = undefined;
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
    playsSince = undefined;
    if (!isBuffered(target)) hold();
  };
  hold();
  const releaseOnceSteady = () => {
    if (!held || video.paused || video.seeking) return;
    playsSince ??= video.currentTime;
    if (video.currentTime - playsSince >= steadySeconds) release();
  };
  video.addEventListener('timeupdate', releaseOnceSteady, { signal });
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
