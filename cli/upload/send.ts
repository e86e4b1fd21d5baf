import { Readable } from 'node:stream';
import pMap from 'p-map';
import pRetry from 'p-retry';
import { request } from 'undici';
import { ApiError } from '../../client/client.ts';
import type { UploadId } from '../../domain/ids.ts';
import { partCount, partLength } from '../../domain/upload/parts.ts';
import { Failure } from '../failure.ts';
import type { Client } from '../session.ts';
import { assertUnchanged, checksum, read, type SourceFile } from './source-file.ts';

const partsAtOnce = 4;
/** Half a second, one, two … up to twenty between tries: about a minute and a half of a broken line is sat out. */
export const patience = { retries: 8, factor: 2, minTimeout: 500, maxTimeout: 20_000, randomize: true } as const;

/** Whether trying again may help: the line, the server's load, a URL that has aged; not what the API refuses. */
export const isPassing = (error: unknown): boolean => {
  // The same request may still be under way of which no answer came.
  if (error instanceof ApiError)
    return error.status === 429 || error.status >= 500 || error.problem.code === 'request-in-progress';
  return !(error instanceof Failure) || error.code === 'site-unreachable';
};

/** What storage did not take. */
class PartRefused extends Error {}

export interface Sending {
  readonly client: Client;
  readonly file: SourceFile;
  readonly upload: { readonly uploadId: UploadId; readonly sizeBytes: number; readonly partSizeBytes: number };
  /** What the server has already, by part number: the checksums. */
  readonly stored: ReadonlyMap<number, string>;
  /** Ends the sending. */
  readonly signal: AbortSignal;
  /** Bytes that needed no sending. */
  readonly onKept: (bytes: number) => void;
  /** Bytes on their way; negative when they have to be sent again. */
  readonly onSent: (bytes: number) => void;
}

/** Sends the parts that the server does not have, and answers the checksums of all, in order. */
export async function sendParts(sending: Sending): Promise<string[]> {
  const { file, upload, stored } = sending;
  const stop = new AbortController();
  const signal = AbortSignal.any([sending.signal, stop.signal]);
  const numbers = Array.from({ length: partCount(upload.sizeBytes, upload.partSizeBytes) }, (_, index) => index + 1);
  try {
    return await pMap(
      numbers,
      async (number) => {
        const stretch = {
          start: (number - 1) * upload.partSizeBytes,
          length: partLength(upload.sizeBytes, upload.partSizeBytes, number),
        };
        const sum = await checksum(file, stretch, signal);
        if (stored.get(number) === sum) sending.onKept(stretch.length);
        else await sendPart(sending, { ...stretch, number, checksum: sum }, signal);
        return sum;
      },
      { concurrency: partsAtOnce },
    );
  } finally {
    // One part that cannot be sent ends the others too.
    stop.abort();
  }
}

interface Part {
  readonly number: number;
  readonly start: number;
  readonly length: number;
  readonly checksum: string;
}

/** One part, tried again with a fresh URL each time. */
const sendPart = (sending: Sending, part: Part, signal: AbortSignal) =>
  pRetry(() => putPart(sending, part, signal), { ...patience, signal, shouldRetry: ({ error }) => isPassing(error) });

async function putPart({ client, file, upload, onSent }: Sending, part: Part, signal: AbortSignal): Promise<void> {
  const { parts } = await client.upload.signParts({
    params: { uploadId: upload.uploadId },
    body: { parts: [{ number: part.number, checksum: part.checksum }] },
  });
  const [signed] = parts;
  if (signed === undefined) throw new Error(`no URL for part ${part.number}`);

  let sent = 0;
  async function* body() {
    for await (const chunk of read(file, part, signal) as AsyncIterable<Buffer>) {
      sent += chunk.length;
      onSent(chunk.length);
      yield chunk;
    }
  }
  try {
    const answer = await request(signed.url, {
      method: 'PUT',
      headers: { ...signed.headers, 'content-length': String(part.length) },
      body: Readable.from(body()),
      signal,
    });
    const text = await answer.body.text();
    if (answer.statusCode === 200) return;
    if (answer.statusCode === 404) {
      throw new Failure(
        'upload-closed',
        'The upload is no longer in storage. Run the command again to begin a new one.',
      );
    }
    throw new PartRefused(`part ${part.number}: ${answer.statusCode} ${/<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? ''}`);
  } catch (error) {
    onSent(-sent);
    // Bytes that differ from their checksum are a damaged line or a changed file.
    await assertUnchanged(file);
    throw error;
  }
}
