import type { RunInput } from '../../../domain/jobs/jobs.ts';
import type { Engine } from '../../../domain/media/engine.ts';
import { type Plan, plan } from '../../../domain/media/plan.ts';
import type { AudioProbe } from '../../../domain/media/probe.ts';

/** The plan of a 640×360 title at 30 frames a second, without audio unless some is given. */
export const planOfSeconds = (
  run: RunInput,
  durationSeconds: number,
  engine?: Engine,
  audio: readonly AudioProbe[] = [],
): Plan =>
  plan(
    run,
    `sources/${run.videoId}/upload`,
    {
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      video: {
        streamIndex: 0,
        codec: 'h264',
        picture: { width: 640, height: 360 },
        rate: { num: 30, den: 1 },
        colors: { transfer: 'sdr', system: 'bt709', fullRange: false },
        interlaced: false,
        variable: false,
        offsetSeconds: 0,
        durationSeconds,
      },
      audio,
    },
    { eagerLines: 1080, engine },
  );
