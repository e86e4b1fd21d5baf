import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';

/** The time of a call is over; what is left is the next one's. */
export class OutOfTime extends Error {}

/** @throws OutOfTime once `until` (ms since the epoch) has come. */
export function assertTime(until: number): void {
  if (Date.now() >= until) throw new OutOfTime('the time of this call is over');
}

export interface ObjectsToRemove {
  readonly bucket: string;
  readonly prefix: string;
  /** Asked after each listing: what is kept of it, by key and the time of its last change (ms since the epoch). */
  readonly kept?: () => Promise<(key: string, changedAt: number) => boolean>;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Removes every version of the objects under a prefix, and what marks them as deleted: 1,000 at a time, so that a call which ends in
 * the middle has done something, and the next one finds what is left. Answers how many objects went.
 * @throws OutOfTime; Error if S3 keeps any.
 */
export async function removeObjects(
  s3: S3Client,
  { bucket, prefix, kept = async () => () => false, until }: ObjectsToRemove,
): Promise<number> {
  let removed = 0;
  let place: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (place) {
    assertTime(until);
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...place }),
    );
    place = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
    const isKept = await kept();
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
      .filter(({ Key = '', LastModified }) => !isKept(Key, LastModified?.getTime() ?? 0))
      .map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) continue;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0)
      throw new Error(`${bucket} keeps ${Errors.length} objects under ${prefix}: ${Errors[0]?.Code}`);
    removed += Objects.length;
  }
  return removed;
}
