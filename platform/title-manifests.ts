import { isDeepStrictEqual } from 'node:util';
import type { S3Client } from '@aws-sdk/client-s3';
import type { RunInput } from '../domain/jobs/jobs.ts';
import { type Caption, captionsOfRun } from '../domain/media/captions/captions.ts';
import type { Manifest } from '../domain/media/manifests.ts';
import { putManifests } from './media.ts';
import type { Videos } from './records/videos.ts';

export interface ManifestParts<Found> {
  readonly videos: Pick<Videos, 'get'>;
  readonly media: { readonly s3: S3Client; readonly bucket: string };
  /** What the title is found to be. */
  readonly look: () => Promise<Found>;
  readonly make: (found: Found, captions: readonly Caption[]) => Manifest[];
}

/** Rounds of reading and writing: each more means that somebody changed the captions in the moment between. */
const maxRounds = 20;

/**
 * Writes the manifests of a title, and again until what they were made of still holds after the writing. Several may do so at
 * once (Prepare, Finish, a change of captions) in any order: whoever writes last has then read what is newest.
 * @throws Error if that does not come to an end.
 */
export async function publishManifests<Found>(
  { videos, media, look, make }: ManifestParts<Found>,
  { videoId, attempt }: RunInput,
): Promise<void> {
  const facts = async () => ({
    captions: captionsOfRun((await videos.get(videoId))?.captions, attempt),
    found: await look(),
  });
  let written = await facts();
  for (let round = 0; round < maxRounds; round++) {
    await putManifests(media.s3, media.bucket, make(written.found, written.captions));
    const now = await facts();
    if (isDeepStrictEqual(now, written)) return;
    written = now;
  }
  throw new Error(`the captions of ${videoId} changed ${maxRounds} times while its manifests were to be written`);
}
