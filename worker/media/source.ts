import { GetObjectCommand, HeadObjectCommand, NoSuchKey, NotFound, type S3Client } from '@aws-sdk/client-s3';
import { LRUCache } from 'lru-cache';
import { Rejection } from '../failures.ts';
import { loopback, type OpenSource } from './loopback.ts';

/** One request to S3 reads this much: large enough for throughput, small enough for a seek. */
const blockBytes = 4 * 1024 * 1024;
/** Blocks kept by one worker: an index is read by every job of a title, and neighbouring chunks share a GOP. */
const cacheBytes = 256 * 1024 * 1024;

interface BlockOf {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly index: number;
}

const blocks = new LRUCache<string, Buffer, BlockOf>({
  maxSize: cacheBytes,
  sizeCalculation: (block) => block.length,
  fetchMethod: async (_name, _stale, { context, signal }) => {
    const first = context.index * blockBytes;
    const last = Math.min(first + blockBytes, context.sizeBytes) - 1;
    const answer = await context.s3.send(
      new GetObjectCommand({
        Bucket: context.bucket,
        Key: context.key,
        IfMatch: context.etag,
        Range: `bytes=${first}-${last}`,
      }),
      { abortSignal: signal },
    );
    return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
  },
});

/**
 * Opens a source of the uploads bucket.
 * @throws Rejection `source-missing` if it is not there.
 */
export async function openSource(s3: S3Client, bucket: string, key: string): Promise<OpenSource> {
  const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch((error: unknown) => {
    if (error instanceof NotFound || error instanceof NoSuchKey) {
      throw new Rejection({ code: 'source-missing', detail: `${key} is not in the bucket` });
    }
    throw error;
  });
  const sizeBytes = head.ContentLength ?? 0;
  const etag = head.ETag ?? '';
  const block = async (index: number) => {
    const found = await blocks.fetch(`${bucket}/${key} ${etag} ${index}`, {
      context: { s3, bucket, key, etag, sizeBytes, index },
    });
    if (found === undefined) throw new Error(`block ${index} of ${key} could not be read`);
    return found;
  };
  const read = async (from: number, to: number) => {
    const parts: Buffer[] = [];
    for (let at = from; at < Math.min(to, sizeBytes); ) {
      const index = Math.floor(at / blockBytes);
      const part = (await block(index)).subarray(at - index * blockBytes, to - index * blockBytes);
      if (part.length === 0) break;
      parts.push(part);
      at += part.length;
    }
    return Buffer.concat(parts);
  };
  const { url, close } = await loopback(sizeBytes, async (at, to) => {
    const index = Math.floor(at / blockBytes);
    const part = (await block(index)).subarray(at - index * blockBytes, to - index * blockBytes);
    if (part.length === 0) throw new Error(`block ${index} is shorter than it should be`);
    return part;
  });
  return {
    url,
    sizeBytes,
    read,
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}
