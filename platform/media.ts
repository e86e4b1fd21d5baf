import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Manifest } from '../domain/media/manifests.ts';

/** Media never changes under its name (RFC 8246); manifests do, once or twice, and stay usable while stale (RFC 5861). */
const mediaCaching = 'public, max-age=31536000, immutable';
const manifestCaching = 'public, max-age=10, stale-while-revalidate=30, stale-if-error=86400';

/** One object of the media bucket. */
export interface MediaObject {
  readonly key: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Two writers at one key at the same moment: S3 answers 409 to one, which finds the object there a moment later. */
const conflictRetries = 5;
const conflictPauseMs = 200;

/**
 * Writes an object unless it is there: of two encodes of one segment the first to arrive stays. Answers whether this was
 * the first.
 */
export async function putOnce(
  s3: S3Client,
  bucket: string,
  object: MediaObject,
  signal: AbortSignal,
): Promise<boolean> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: object.key,
    Body: object.body,
    ContentType: object.contentType,
    CacheControl: mediaCaching,
    IfNoneMatch: '*',
  });
  for (let attempt = 0; ; attempt++) {
    try {
      await s3.send(command, { abortSignal: signal });
      return true;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 412) return false;
      if (status !== 409 || attempt >= conflictRetries) throw error;
      await new Promise((resolve) => setTimeout(resolve, conflictPauseMs));
    }
  }
}

/** An object as it is stored. @throws NoSuchKey if it is not there. */
export async function readStored(s3: S3Client, bucket: string, key: string, signal: AbortSignal): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** The text of an object; undefined if there is none. */
export async function findText(
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
  key: string,
): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Whether there is an object of this key. The caller may list the bucket: without that S3 does not tell what is missing. */
export async function isStored(s3: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** Publishes manifests in two steps, so that a document is there only after the playlists that it names. */
export async function putManifests(s3: S3Client, bucket: string, manifests: readonly Manifest[]): Promise<void> {
  const put = ({ key, contentType, body }: Manifest) =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: manifestCaching,
      }),
    );
  await Promise.all(manifests.filter((m) => !m.entry).map(put));
  await Promise.all(manifests.filter((m) => m.entry).map(put));
}
