import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { type Measured, mediaKeys } from '../../domain/media/manifests.ts';
import { attemptPrefix } from '../../domain/media/paths.ts';
import type { Plan } from '../../domain/media/plan.ts';
import type { Reason } from '../../domain/video/reasons.ts';
import { publishManifests } from '../../platform/title-manifests.ts';
import type { Services } from './services.ts';

export type FinishOutcome =
  | { readonly outcome: 'complete' }
  | { readonly outcome: 'incomplete'; readonly reason: Reason };

/**
 * Checks that everything the manifests name is in the bucket, and writes the manifests again with what was measured
 * there: the sizes of the segments as they are served, whoever encoded them.
 */
export async function finish(
  { jobs, videos, media }: Pick<Services, 'jobs' | 'videos' | 'media'>,
  run: RunInput,
): Promise<FinishOutcome> {
  const plan = await jobs.getPlan(run);
  if (plan === undefined) throw new Error('a run that was encoded has a plan');
  const { measured, missing } = await measuredTitle(media, plan);
  if (measured === undefined) {
    return {
      outcome: 'incomplete',
      reason: { code: 'segments-missing', detail: `${missing.length} missing, the first is ${missing[0]}` },
    };
  }
  await publishManifests({ videos, media, measure: async () => measured }, run.videoId, plan);
  return { outcome: 'complete' };
}

/** Bytes of the segments of a title, as stored; undefined while some that are not made on demand are missing. */
export async function measuredTitle(
  media: Services['media'],
  plan: Plan,
): Promise<{ measured: Measured | undefined; missing: readonly string[] }> {
  const sizes = await storedSizes(media, `${attemptPrefix(plan.videoId, plan.attempt)}/`);
  const tracks = mediaKeys(plan);
  const missing = tracks.flatMap(({ init, segments }) => [init, ...segments]).filter((key) => !sizes.get(key));
  const bytes = tracks.map(({ track, segments }) => [track, segments.map((key) => sizes.get(key) ?? 0)]);
  return { measured: missing.length > 0 ? undefined : Object.fromEntries(bytes), missing };
}

/** Bytes of every object under the prefix, by key. */
async function storedSizes({ s3, bucket }: Services['media'], prefix: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key, Size } of page.Contents ?? []) if (Key !== undefined) sizes.set(Key, Size ?? 0);
  }
  return sizes;
}
