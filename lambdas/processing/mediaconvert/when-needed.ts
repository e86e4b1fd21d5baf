import type { JobPlace } from '../../../domain/media/mediaconvert/configuration.ts';
import { later } from '../../../platform/later.ts';
import type { Jobs } from '../../../platform/records/jobs/jobs.ts';
import type { Transcoder } from './transcoder.ts';

/** MediaConvert by a client that is loaded for it: most calls have nothing to do with it. Undefined where there is none. */
export const transcoderWhenNeeded = (
  place: JobPlace | null,
  jobs: Pick<Jobs, 'getJob' | 'recordFailure'>,
): Transcoder | undefined =>
  place === null
    ? undefined
    : later(async () => {
        const [{ transcoder }, { mediaConvertClient }] = await Promise.all([
          import('./transcoder.ts'),
          import('../../../platform/clients/mediaconvert.ts'),
        ]);
        return transcoder(mediaConvertClient(place.endpoint), place, jobs);
      });
