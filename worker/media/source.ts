import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand, NoSuchKey, NotFound, type S3Client } from '@aws-sdk/client-s3';
import { LRUCache } from 'lru-cache';
import { Rejection } from '../failures.ts';

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

/** A source, readable at any place: by us, and by a child process over HTTP on the loopback interface. */
export interface OpenSource extends AsyncDisposable {
  /**
   * What a child is given to read. It names no bucket and holds no signature: a presigned URL in the arguments of a
   * process could be read by others on the machine and would outlive the job.
   */
  readonly url: string;
  readonly sizeBytes: number;
  /** Bytes [from, to) of the source. */
  readonly read: (from: number, to: number) => Promise<Buffer>;
}

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
  const path = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    // A child hangs up whenever it seeks; a block that cannot be read ends its answer early, and with it the child.
    serve(request, response, path, sizeBytes, block).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    sizeBytes,
    read,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers one GET or HEAD with at most one range (RFC 9110 section 14), block by block as the child takes it. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  sizeBytes: number,
  block: (index: number) => Promise<Buffer>,
): Promise<void> {
  if (request.url !== path || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404).end();
    return;
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const from = range ? Number(range[1]) : 0;
  const to = range?.[2] ? Math.min(Number(range[2]) + 1, sizeBytes) : sizeBytes;
  if (range && from >= to) {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }
  response.writeHead(range ? 206 : 200, {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-length': to - from,
    ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${sizeBytes}` } : {}),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const parts = async function* () {
    for (let at = from; at < to; ) {
      const index = Math.floor(at / blockBytes);
      const part = (await block(index)).subarray(at - index * blockBytes, to - index * blockBytes);
      if (part.length === 0) throw new Error(`block ${index} is shorter than it should be`);
      yield part;
      at += part.length;
    }
  };
  await pipeline(Readable.from(parts(), { objectMode: true, highWaterMark: 1 }), response);
}
