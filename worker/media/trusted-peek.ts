import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../../domain/media/plan.ts';
import type { Probe } from '../../domain/media/probe.ts';
import { peekOf } from '../../domain/upload/peek.ts';
import type { Video } from '../../domain/video/video.ts';
import type { JobContext } from '../context.ts';
import type { PackagedTrack } from './encode.ts';
import { checksumsOf, keptResult, keptTracks, type PeekPlace } from './peek-objects.ts';

/** What was made of a peek of this very source. */
export interface TrustedPeek {
  readonly probe: Probe;
  readonly plan: Plan;
  /** Segment 1 of the lowest rung and of the sound, as files; empty where the head did not hold it. */
  readonly tracks: readonly PackagedTrack[];
}

/**
 * What a peek has made, if it was made of the bytes that the stored source begins and ends with: they are read and
 * compared. A file that was changed between the peek and its upload, or between two halves of its upload, is another file.
 * Undefined if there is nothing to trust, whatever the cause: then the work is done from the source.
 */
export async function trustedPeek(
  { env, clients, scratch, signal, log }: JobContext,
  { videoId, source, peek }: Video,
): Promise<TrustedPeek | undefined> {
  const ranges = source && peekOf(source.sizeBytes);
  if (!source || !ranges || peek?.verdict !== 'accepted' || peek.uploadId !== source.uploadId) return undefined;
  const place: PeekPlace = {
    s3: clients.s3,
    bucket: env.UPLOADS_BUCKET,
    videoId,
    uploadId: source.uploadId,
    signal,
  };
  try {
    const kept = async () => {
      const result = await keptResult(place);
      return result && { ...result, tracks: (await keptTracks(place, result.tracks, scratch)) ?? [] };
    };
    const [found, stored] = await Promise.all([kept(), checksumsOf(place, source.key, ranges)]);
    if (found === undefined) return undefined;
    if (isDeepStrictEqual(found.checksums, stored)) return found;
    log.info('the peek is of another file');
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    log.warn('the peek could not be read', { error: error instanceof Error ? error : new Error(String(error)) });
    return undefined;
  }
}
