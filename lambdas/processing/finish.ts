import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { keyFramesOf } from '../../domain/media/i-frames.ts';
import { type Made, manifests, mediaKeys } from '../../domain/media/manifests.ts';
import { attemptPrefix, storyboardSheetKey } from '../../domain/media/paths.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { sheets } from '../../domain/media/storyboard.ts';
import type { Reason } from '../../domain/video/reasons.ts';
import { publishManifests } from '../../platform/title-manifests.ts';
import { finishTranscoded } from './mediaconvert/finish.ts';
import type { Services } from './services.ts';

export type FinishOutcome =
  | { readonly outcome: 'complete' }
  | { readonly outcome: 'incomplete'; readonly reason: Reason };

/**
 * Checks that everything the manifests name is in the bucket, and writes the manifests again with what was measured
 * there: the sizes of the segments as they are served, whoever encoded them. I-frame playlists and the thumbnails track name
 * what there is: neither is missed by who plays the title.
 */
export async function finish(
  services: Pick<Services, 'jobs' | 'videos' | 'media' | 'now'>,
  run: RunInput,
): Promise<FinishOutcome> {
  const { jobs, videos, media } = services;
  const plan = await jobs.getPlan(run);
  if (plan === undefined) throw new Error('a run that was encoded has a plan');
  if (plan.engine === 'mediaconvert') return finishTranscoded(services, run, plan);
  const { made, missing } = await madeOf(services, run, plan);
  if (made === undefined) {
    return {
      outcome: 'incomplete',
      reason: { code: 'segments-missing', detail: `${missing.length} missing, the first is ${missing[0]}` },
    };
  }
  await publishManifests(
    { videos, media, look: async () => made, make: (found, captions) => manifests(plan, found, captions) },
    run,
  );
  return { outcome: 'complete' };
}

/** What a title is found to be in the bucket; undefined while segments that are not made on demand are missing. */
export async function madeOf(
  { jobs, media }: Pick<Services, 'jobs' | 'media'>,
  run: RunInput,
  plan: Plan,
): Promise<{ made: Made | undefined; missing: readonly string[] }> {
  const sizes = await storedSizes(media, run);
  const tracks = mediaKeys(plan);
  const missing = tracks.flatMap(({ init, segments }) => [init, ...segments]).filter((key) => !sizes.get(key));
  if (missing.length > 0) return { made: undefined, missing };
  const bytes = tracks.map(({ track, segments }) => [track, segments.map((key) => sizes.get(key) ?? 0)]);
  const done = [
    ...(await jobs.listJobs(run, 'prepare')),
    ...(await jobs.listJobs(run, 'encode')),
    ...(await jobs.listRaised(run)),
  ];
  const pictures = {
    keyFrames: keyFramesOf(
      plan,
      done.flatMap((job) => job.result?.segments ?? []),
    ),
    sheets: sheets(plan).filter(({ number }) => sizes.get(storyboardSheetKey(run.videoId, run.attempt, number))),
  };
  return { made: { measured: Object.fromEntries(bytes), pictures }, missing };
}

/** Bytes of every object of a run, by key. */
export async function storedSizes({ s3, bucket }: Services['media'], run: RunInput): Promise<Map<string, number>> {
  const prefix = `${attemptPrefix(run.videoId, run.attempt)}/`;
  const sizes = new Map<string, number>();
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key, Size } of page.Contents ?? []) if (Key !== undefined) sizes.set(Key, Size ?? 0);
  }
  return sizes;
}
