import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  NotFound,
  paginateListParts,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { StoredPart } from '../../domain/upload/completion.ts';
import { partUrlLifetimeSeconds } from '../../domain/upload/parts.ts';

/** One multipart upload of a source, as S3 names it. */
export interface MultipartUpload {
  readonly key: string;
  readonly multipartId: string;
}

/** A part as listed; completion names it by its ETag too, so that a part replaced meanwhile is noticed. */
export interface ListedPart extends StoredPart {
  readonly etag: string;
}

export interface PartToSign {
  readonly number: number;
  readonly sizeBytes: number;
  /** Base64 SHA-256. */
  readonly checksum: string;
}

/** What S3 answers about a multipart upload that it no longer has, be it completed, aborted or lost. */
export type Gone = 'gone';

export const checksumHeader = 'x-amz-checksum-sha256';

const isNamed = (error: unknown, ...names: readonly string[]) =>
  error instanceof S3ServiceException && names.includes(error.name);
const isGone = (error: unknown) => isNamed(error, 'NoSuchUpload');

/** The multipart uploads of the uploads bucket. */
export interface Sources {
  readonly begin: (key: string, contentType: string) => Promise<MultipartUpload>;
  readonly parts: (upload: MultipartUpload) => Promise<ListedPart[] | Gone>;
  readonly sign: (
    upload: MultipartUpload,
    part: PartToSign,
  ) => Promise<{ url: string; headers: Record<string, string> }>;
  /**
   * Makes the parts one object, unless there is one by that key. `busy`: another request is changing the upload right
   * now. Takes up to minutes for thousands of parts.
   */
  readonly complete: (
    upload: MultipartUpload,
    parts: readonly ListedPart[],
    sizeBytes: number,
  ) => Promise<'completed' | 'busy' | Gone>;
  readonly abort: (upload: MultipartUpload) => Promise<void>;
  /** Whether the completed object is there. */
  readonly exists: (key: string) => Promise<boolean>;
}

export function sources(s3: S3Client, bucket: string): Sources {
  const named = ({ key, multipartId }: MultipartUpload) => ({ Bucket: bucket, Key: key, UploadId: multipartId });
  return {
    async begin(key, contentType) {
      const { UploadId } = await s3.send(
        new CreateMultipartUploadCommand({
          Bucket: bucket,
          Key: key,
          ContentType: contentType,
          ChecksumAlgorithm: 'SHA256',
          ChecksumType: 'COMPOSITE',
        }),
      );
      if (UploadId === undefined) throw new Error(`no multipart upload was made for ${key}`);
      return { key, multipartId: UploadId };
    },
    async parts(upload) {
      try {
        const parts: ListedPart[] = [];
        for await (const page of paginateListParts({ client: s3 }, named(upload))) {
          for (const part of page.Parts ?? []) {
            parts.push({
              number: part.PartNumber ?? 0,
              sizeBytes: part.Size ?? 0,
              checksum: part.ChecksumSHA256 ?? '',
              etag: part.ETag ?? '',
            });
          }
        }
        return parts;
      } catch (error) {
        if (isGone(error)) return 'gone';
        throw error;
      }
    },
    /**
     * The checksum stays a header, because hoisted into the query S3 would not compare it with the bytes; the length is
     * signed with it. The sender of the bytes sets `content-length` itself (in a browser nobody else can).
     */
    async sign(upload, { number, sizeBytes, checksum }) {
      const command = new UploadPartCommand({
        ...named(upload),
        PartNumber: number,
        ContentLength: sizeBytes,
        ChecksumSHA256: checksum,
      });
      const url = await getSignedUrl(s3, command, {
        expiresIn: partUrlLifetimeSeconds,
        unhoistableHeaders: new Set([checksumHeader]),
      });
      return { url, headers: { [checksumHeader]: checksum } };
    },
    async complete(upload, parts, sizeBytes) {
      try {
        await s3.send(
          new CompleteMultipartUploadCommand({
            ...named(upload),
            IfNoneMatch: '*',
            MpuObjectSize: sizeBytes,
            MultipartUpload: {
              Parts: parts.map(({ number, checksum, etag }) => ({
                PartNumber: number,
                ChecksumSHA256: checksum,
                ETag: etag,
              })),
            },
          }),
        );
        return 'completed';
      } catch (error) {
        if (isGone(error)) return 'gone';
        if (isNamed(error, 'PreconditionFailed')) return 'completed';
        if (isNamed(error, 'ConditionalRequestConflict', 'InvalidPart')) return 'busy';
        throw error;
      }
    },
    async abort(upload) {
      try {
        await s3.send(new AbortMultipartUploadCommand(named(upload)));
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
    async exists(key) {
      try {
        await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return true;
      } catch (error) {
        if (error instanceof NotFound) return false;
        throw error;
      }
    },
  };
}
