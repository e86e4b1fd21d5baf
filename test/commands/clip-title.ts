import { type Clip, type FrameRate, numberAt } from './clip.ts';
import type { ExpectedStream } from './stream-check.ts';

/** A picture that starts later than this after the sound is waited for; one that starts earlier begins the title. */
const leftOutSeconds = 0.1;

/** Sound that goes on for longer than this behind the last frame is heard to its end. */
const overhangSeconds = 1;

/** What the finished title of a clip must be, at a rate. */
export function titleOf(clip: Clip, rate: FrameRate, syncToleranceSeconds?: number): ExpectedStream {
  const { pictureDelaySeconds: delay = 0, sound, seconds } = clip;
  const heard = sound?.seconds ?? seconds;
  const soundFrames = heard > seconds + overhangSeconds ? Math.floor((heard * rate.num) / rate.den) : 0;
  const waited = delay < leftOutSeconds ? 0 : Math.round((delay * rate.num) / rate.den);
  return {
    rate,
    frames: Math.max(
      soundFrames,
      waited + Math.floor((clip.frames * clip.rate.den * rate.num) / (clip.rate.num * rate.den) + 0.005),
    ),
    audioTracks: sound ? (clip.languages?.length ?? 1) : 0,
    numberAt: (n) => numberAt(clip, Math.max(0, n - waited), rate),
    ...(sound
      ? {
          sound: {
            toneSeconds: soundFrames > 0 ? heard : Math.min(seconds, heard),
            laterSeconds: waited > 0 ? 0 : -delay,
            ...(syncToleranceSeconds === undefined ? {} : { syncToleranceSeconds }),
          },
        }
      : {}),
  };
}
