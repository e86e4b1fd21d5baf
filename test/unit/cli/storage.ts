import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../../cli/session.ts';
import type { Peek } from '../../../cli/upload/peek.ts';
import type { UploadId, VideoId } from '../../../domain/ids.ts';
import { type PeekEnd, type PeekRanges, peekEnds } from '../../../domain/upload/peek.ts';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

/** A part does not arrive in no time: others are under way meanwhile. */
const takesMs = 20;

type Refusal = { status: number; code: string } | 'hang up' | undefined;
/** What storage answers to the n-th PUT of a part instead of taking it; a part that it takes late is one on a slow line. */
export type Trouble = (part: number, nth: number) => Refusal | Promise<Refusal>;

/** What is sent ahead of a file, and what it shows once both ends are there. */
export interface Ahead {
  readonly ranges: PeekRanges;
  readonly shows: Peek;
}

/**
 * Storage that takes parts, and the ends of a file, over real HTTP, and the API in front of it. They must match their signed
 * checksums.
 */
export async function storage(
  sizeBytes: number,
  partSizeBytes: number,
  { trouble = () => undefined, ahead }: { readonly trouble?: Trouble | undefined; readonly ahead?: Ahead | undefined },
) {
  const taken = new Map<number, Buffer>();
  const ends = new Map<PeekEnd, Buffer>();
  const puts: (number | PeekEnd)[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const session = { state: 'open' };
  let begun = 0;

  const take = async (request: IncomingMessage): Promise<{ status: number; code?: string } | 'hang up'> => {
    const end = peekEnds.find((name) => request.url === `/${name}`);
    const number = Number(request.url?.slice(1));
    puts.push(end ?? number);
    const refusal = end ? undefined : await trouble(number, puts.filter((put) => put === number).length);
    if (refusal === 'hang up') return refusal;
    const bytes = await buffer(request).catch(() => undefined);
    // Whoever sent it has given it up.
    if (bytes === undefined) return 'hang up';
    await sleep(takesMs);
    if (refusal) return refusal;
    if (Number(request.headers['content-length']) !== bytes.length)
      return { status: 403, code: 'SignatureDoesNotMatch' };
    if (request.headers['x-amz-checksum-sha256'] !== sha256(bytes)) return { status: 400, code: 'BadDigest' };
    if (end) ends.set(end, bytes);
    else taken.set(number, bytes);
    return { status: 200 };
  };
  const server = createServer(async (request, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    const outcome = await take(request);
    atOnce -= 1;
    if (outcome === 'hang up') request.socket.destroy();
    else response.writeHead(outcome.status).end(outcome.code ? `<Error><Code>${outcome.code}</Code></Error>` : '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const uploadId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as UploadId;
  const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAW' as VideoId;
  const count = Math.ceil(sizeBytes / partSizeBytes);
  const asSession = () => ({
    uploadId,
    videoId,
    state: session.state,
    sizeBytes,
    partSizeBytes,
    partCount: count,
    peek: ahead?.ranges ?? null,
  });
  let isLookedAt = false;
  const nothingSeen: Peek = {
    verdict: 'none',
    isOver: false,
    durationSeconds: null,
    rungs: [],
    reason: null,
    poster: null,
  };
  const upload = {
    async getPeek() {
      return isLookedAt && ahead ? ahead.shows : nothingSeen;
    },
    async signPeek({ body }: { body: Record<PeekEnd, string> }) {
      const signed = (end: PeekEnd) => ({
        url: `${origin}/${end}`,
        headers: { 'x-amz-checksum-sha256': body[end] },
      });
      return { head: signed('head'), tail: signed('tail') };
    },
    async beginPeek({ body }: { body: Record<PeekEnd, string> }) {
      isLookedAt = peekEnds.every((end) => sha256(ends.get(end) ?? Buffer.alloc(0)) === body[end]);
    },
    async abortUpload() {
      session.state = 'aborted';
    },
    async createUpload() {
      begun += 1;
      session.state = 'open';
      taken.clear();
      return asSession();
    },
    async getUpload() {
      const parts = [...taken].map(([number, bytes]) => ({ number, sizeBytes: bytes.length, checksum: sha256(bytes) }));
      return { ...asSession(), parts };
    },
    async signParts({ body }: { body: { parts: { number: number; checksum: string }[] } }) {
      return {
        parts: body.parts.map(({ number, checksum }) => ({
          number,
          url: `${origin}/${number}`,
          headers: { 'x-amz-checksum-sha256': checksum },
        })),
      };
    },
    async completeUpload() {
      session.state = 'completed';
      return { uploadId, videoId, attempt: 1 };
    },
  };
  return {
    client: { upload } as unknown as Client,
    uploadId,
    taken,
    ends,
    puts,
    session,
    file: () => Buffer.concat([...taken].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)),
    mostAtOnce: () => mostAtOnce,
    begun: () => begun,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}
