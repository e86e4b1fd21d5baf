import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { UserId } from '../../domain/ids.ts';
import type { PersonalStore } from './personal.ts';

interface Objects {
  readonly bucket: string;
  /** Under which everything of the person lies, and nothing else. */
  readonly prefixOf: (userId: UserId) => string;
}

/** Objects of a person in a bucket. All versions of them go: an overwritten one is still about the person. */
export function personalObjects(s3: S3Client, { bucket, prefixOf }: Objects): PersonalStore {
  /** Every version and delete marker under the prefix, at most 1,000 at a time. */
  async function* versions(prefix: string) {
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (marker) {
      const page: ListObjectVersionsCommandOutput = await s3.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...marker }),
      );
      yield [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      marker = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
  }

  return {
    async *collect(userId) {
      for await (const page of versions(prefixOf(userId))) {
        for (const { Key, VersionId, LastModified } of page)
          yield { key: Key, versionId: VersionId, lastModified: LastModified?.toISOString() };
      }
    },
    async erase(userId) {
      for await (const page of versions(prefixOf(userId))) {
        if (page.length === 0) continue;
        const Objects = page.map(({ Key, VersionId }) => ({ Key, VersionId }));
        const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
        if (Errors.length > 0) throw new Error(`${bucket} keeps ${Errors.length} objects: ${Errors[0]?.Code}`);
      }
    },
  };
}
