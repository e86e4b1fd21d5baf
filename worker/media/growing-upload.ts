import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { maxSourceBytes, partSizeBytes } from '../../domain/upload/parts.ts';

/** How often a file is looked at while it grows. */
const lookMs = 100;
/** Parts in memory at a time: of 64 MiB, of files above 640 GB larger. */
const atATime = 2;
/** Parts that may lie on the disk: whoever writes waits for room beyond. */
const partsAhead = 6;
/** Files come out about as large as they are expected to be; one that comes out larger still fits into 10,000 parts. */
const growth = 1.5;

export interface GrowingFile {
  readonly file: string;
  /** About how large it will be. */
  readonly expectedBytes: number;
  /** Of all parts but the last; by the size that is expected unless it is said otherwise. */
  readonly partBytes?: number;
  /**
   * Writes the file from its start to its end, and goes back into its first part alone. Waits for `room` before it goes on, and
   * ends when the signal is aborted.
   */
  readonly write: (room: () => Promise<void>, signal: AbortSignal) => Promise<void>;
}

/**
 * Uploads a file while it is being written, in parts, each of which leaves the disk when it is stored: so neither the disk nor S3's
 * limit of one request bounds its size. The first part goes last. Answers how many bytes were stored.
 * @throws what `write` throws, or the upload; nothing is stored then.
 */
export async function uploadAsItGrows(
  s3: S3Client,
  to: { readonly Bucket: string; readonly Key: string },
  { file, expectedBytes, write, partBytes = partSizeOf(expectedBytes) }: GrowingFile,
  signal: AbortSignal,
): Promise<number> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(to), { abortSignal: signal });
  const sizeNow = async () => (await stat(file).catch(() => undefined))?.size ?? 0;
  const etags = new Map<number, string>();

  const sendPart = async (PartNumber: number, sizeBytes: number) => {
    const Body = await bytesOf(file, (PartNumber - 1) * partBytes, sizeBytes);
    const part = new UploadPartCommand({ ...to, UploadId, PartNumber, Body });
    etags.set(PartNumber, (await s3.send(part, { abortSignal: either })).ETag ?? '');
    if (PartNumber > 1) await punch(file, (PartNumber - 1) * partBytes, sizeBytes);
  };
  const look = async () => {
    await pause(lookMs);
    either.throwIfAborted();
  };
  const room = async () => {
    while ((await sizeNow()) > (etags.size + partsAhead) * partBytes) await look();
  };

  let isWritten = false;
  async function* wholeParts() {
    for (let number = 2; ; number++) {
      while ((await sizeNow()) < number * partBytes) {
        if (isWritten) return;
        await look();
      }
      yield number;
    }
  }
  const sent = pMap(wholeParts(), (number) => sendPart(number, partBytes), { concurrency: atATime });
  const written = write(room, either).finally(() => {
    isWritten = true;
  });
  try {
    await firstFailure([written, sent], failed);
    const sizeBytes = await sizeNow();
    const last = Math.max(1, Math.ceil(sizeBytes / partBytes));
    if (!etags.has(last) && last > 1) await sendPart(last, sizeBytes - (last - 1) * partBytes);
    await sendPart(1, Math.min(partBytes, sizeBytes));
    const Parts = Array.from({ length: last }, (_, i) => ({ PartNumber: i + 1, ETag: etags.get(i + 1) }));
    await s3.send(new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload: { Parts } }), {
      abortSignal: signal,
    });
    return sizeBytes;
  } catch (error) {
    // One that cannot be ended now is ended by the bucket's lifecycle.
    await s3.send(new AbortMultipartUploadCommand({ ...to, UploadId })).catch(() => undefined);
    throw error;
  }
}

const partSizeOf = (expectedBytes: number): number =>
  partSizeBytes(Math.min(maxSourceBytes, Math.max(1, Math.ceil(growth * expectedBytes))));

/** Waits for both to end; the first failure ends the other, and is the one that is thrown. */
async function firstFailure(both: readonly Promise<unknown>[], failed: AbortController): Promise<void> {
  let first: { readonly error: unknown } | undefined;
  await Promise.allSettled(
    both.map((one) =>
      one.catch((error: unknown) => {
        first ??= { error };
        failed.abort(error);
      }),
    ),
  );
  if (first) throw first.error;
}

/** In memory, not as a stream, which the SDK cannot send a second time. */
async function bytesOf(file: string, from: number, length: number): Promise<Buffer> {
  await using handle = await open(file);
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, from);
  if (bytesRead !== length) throw new Error(`${file} has ${bytesRead} of ${length} bytes from ${from}`);
  return buffer;
}

/** Takes a stretch of a file off the disk; its size stays. A disk that cannot do it has to hold the file. */
async function punch(file: string, from: number, length: number): Promise<void> {
  const child = spawn('fallocate', ['--punch-hole', '--offset', String(from), '--length', String(length), file], {
    stdio: 'ignore',
  });
  await once(child, 'close');
}
