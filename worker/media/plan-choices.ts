import { type Engine, engineOf } from '../../domain/media/engine.ts';
import type { Video } from '../../domain/video/video.ts';
import type { WorkerEnv } from '../env.ts';

/** How a video is processed: as its creator chose, and as the environment does what they did not choose. */
export function choicesOf(
  { processing }: Pick<Video, 'processing'>,
  env: Pick<WorkerEnv, 'EAGER_LINES' | 'PROTECTION' | 'ENGINE' | 'MEDIACONVERT_REACH'>,
): { eagerLines: number; protection: 'clear' | 'cbcs'; engine: Engine } {
  const protection = processing?.protection ?? env.PROTECTION;
  return {
    eagerLines: processing?.eagerLines ?? env.EAGER_LINES,
    protection,
    engine: engineOf(processing?.engine ?? env.ENGINE, env.MEDIACONVERT_REACH, protection),
  };
}
