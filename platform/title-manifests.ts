import { isDeepStrictEqual } from 'node:util';
import type { S3Client } from '@aws-sdk/client-s3';
import type { VideoId } from '../domain/ids.ts';
import { captionsOfRun } from '../domain/media/captions/captions.ts';
import { type Made, manifests } from '../domain/media/manifests.ts';
import type { Plan } from '../domain/media/plan.ts';
import { putManifests } from './media.ts';
import type { Videos } from './records/videos.ts';

export interface ManifestParts {
  readonly videos: Pick<Videos, 'get'>;
  readonly media: { readonly s3: S3Client; readonly bucket: string };
  /** What the title is found to be; undefined while it is not complete. */
  readonly look: () => Promise<Made | undefined>;
}

/** Rounds of reading and writing: each more means that somebody changed the captions in the moment between. */
const maxRounds = 20;

/**
 * Writes the manifests of a title, and again until what they were made of still holds after the writing. Several may do so at
 * once (Prepare, Finish, a change of captions) in any order: whoever writes last has then read what is newest.
 * @throws Error if that does not come to an end.
 */
export async function publishManifests(
  { videos, media, look }: ManifestParts,
  videoId: VideoId,
  plan: Plan,
): Promise<void> {
  const facts = async () => ({
    captions: captionsOfRun((await videos.get(videoId))?.captions, plan.attempt),
    made: await look(),
  });
  let written = await facts();
  for (let round = 0; round < maxRounds; round++) {
    await putManifests(media.s3, media.bucket, manifests(plan, written.made, written.captions));
    const now = await facts();
    if (isDeepStrictEqual(now, written)) return;
    written = now;
  }
  throw new Error(`the captions of ${videoId} changed ${maxRounds} times while its manifests were to be written`);
}
