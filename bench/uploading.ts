import { createHash } from 'node:crypto';
import { openAsBlob, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { UploadId, VideoId } from '../domain/ids.ts';
import { type PeekRanges, peekEnds } from '../domain/upload/peek.ts';
import type { Client } from './cloud.ts';

/** An upload under way. */
export interface Uploading {
  readonly videoId: VideoId;
  readonly uploadId: UploadId;
  readonly file: string;
  readonly peek: PeekRanges | null;
  readonly complete: () => Promise<{ attempt: number }>;
}

const checksumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');

/** Sends a file in parts, as any client does; all but its completion. */
export async function upload(
  client: Client,
  file: string,
  { parts: sent }: { readonly parts: 'all' | 'none' } = { parts: 'all' },
): Promise<Uploading> {
  const session = await client.upload.createUpload({
    body: { fileName: 'source.mp4', contentType: 'video/mp4', sizeBytes: statSync(file).size },
  });
  const { uploadId, videoId, partSizeBytes, peek } = session;
  const params = { uploadId };
  const blob = await openAsBlob(file);
  const checksums: string[] = [];
  for (let number = 1; sent === 'all' && number <= session.partCount; number++) {
    const bytes = Buffer.from(await blob.slice((number - 1) * partSizeBytes, number * partSizeBytes).arrayBuffer());
    const checksum = checksumOf(bytes);
    const { parts } = await client.upload.signParts({ params, body: { parts: [{ number, checksum }] } });
    const [part] = parts;
    if (part === undefined) throw new Error('a part was not signed');
    await put(part, bytes);
    checksums.push(checksum);
  }
  return {
    videoId,
    uploadId,
    file,
    peek,
    complete: () => client.upload.completeUpload({ params, body: { checksums } }),
  };
}

/** Sends head and tail of a file, over a line of `bitsPerSecond` that both share, and has them looked at. */
export async function sendPeek(client: Client, { uploadId, file, peek }: Uploading, bitsPerSecond?: number) {
  if (peek === null) throw new Error('a file of this size has no peek');
  const params = { uploadId };
  const blob = await openAsBlob(file);
  const bytes = async ({ from, to }: { from: number; to: number }) =>
    Buffer.from(await blob.slice(from, to).arrayBuffer());
  const ends = { head: await bytes(peek.head), tail: await bytes(peek.tail) };
  const body = { head: checksumOf(ends.head), tail: checksumOf(ends.tail) };
  const signed = await client.upload.signPeek({ params, body });
  for (const end of peekEnds) await put(signed[end], ends[end], bitsPerSecond);
  await client.upload.beginPeek({ params, body });
}

/** Asks for what a peek has shown until there is what is waited for. */
export async function peekSeen(client: Client, uploadId: UploadId, isThere: (peek: Peek) => boolean): Promise<Peek> {
  for (;;) {
    const peek = await client.upload.getPeek({ params: { uploadId } });
    if (isThere(peek)) return peek;
    await pause(50);
  }
}
type Peek = Awaited<ReturnType<Client['upload']['getPeek']>>;

interface Signed {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function put({ url, headers }: Signed, bytes: Buffer, bitsPerSecond = Number.POSITIVE_INFINITY): Promise<void> {
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { ...headers, 'content-length': String(bytes.length) },
    body: Number.isFinite(bitsPerSecond) ? paced(bytes, bitsPerSecond) : new Uint8Array(bytes),
    duplex: 'half',
  });
  if (!answer.ok) throw new Error(`storage answered ${answer.status}: ${await answer.text()}`);
}

/** How much goes over a slow line at a time. */
const pieceBytes = 64 * 1024;

/** The bytes as a line of this speed takes them. */
function paced(bytes: Buffer, bitsPerSecond: number): ReadableStream<Uint8Array> {
  const began = performance.now();
  let at = 0;
  return new ReadableStream({
    async pull(stream) {
      const due = began + ((at + pieceBytes) * 8000) / bitsPerSecond;
      if (due > performance.now()) await pause(due - performance.now());
      stream.enqueue(bytes.subarray(at, at + pieceBytes));
      at += pieceBytes;
      if (at >= bytes.length) stream.close();
    },
  });
}
