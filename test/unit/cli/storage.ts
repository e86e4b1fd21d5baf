import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../../cli/session.ts';
import type { UploadId, VideoId } from '../../../domain/ids.ts';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

/** A part does not arrive in no time: others are under way meanwhile. */
const takesMs = 20;

/** What storage answers to the n-th PUT of a part instead of taking it. */
export type Trouble = (part: number, nth: number) => { status: number; code: string } | 'hang up' | undefined;

/** Storage that takes parts over real HTTP, and the API in front of it. Parts must match their signed checksum. */
export async function storage(sizeBytes: number, partSizeBytes: number, trouble: Trouble = () => undefined) {
  const taken = new Map<number, Buffer>();
  const puts: number[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const session = { state: 'open' };
  let begun = 0;

  const take = async (request: IncomingMessage): Promise<{ status: number; code?: string } | 'hang up'> => {
    const number = Number(request.url?.slice(1));
    puts.push(number);
    const refusal = trouble(number, puts.filter((put) => put === number).length);
    if (refusal === 'hang up') return refusal;
    const bytes = await buffer(request);
    await sleep(takesMs);
    if (refusal) return refusal;
    if (Number(request.headers['content-length']) !== bytes.length)
      return { status: 403, code: 'SignatureDoesNotMatch' };
    if (request.headers['x-amz-checksum-sha256'] !== sha256(bytes)) return { status: 400, code: 'BadDigest' };
    taken.set(number, bytes);
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
    peek: null,
  });
  const upload = {
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
    puts,
    session,
    file: () => Buffer.concat([...taken].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)),
    mostAtOnce: () => mostAtOnce,
    begun: () => begun,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}
