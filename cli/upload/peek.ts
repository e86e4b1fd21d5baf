import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { request } from 'undici';
import type { UploadId } from '../../domain/ids.ts';
import { type ByteRange, type PeekRanges, peekEnds } from '../../domain/upload/peek.ts';
import { exitCodes, Failure } from '../failure.ts';
import type { Client } from '../session.ts';
import { duration } from './progress.ts';
import { patience } from './send.ts';
import { checksum, read, type SourceFile, type Stretch } from './source-file.ts';

const pollMs = 500;

export type Peek = Awaited<ReturnType<Client['upload']['getPeek']>>;

interface Peeking {
  readonly client: Client;
  readonly file: SourceFile;
  readonly uploadId: UploadId;
  /** Parts are there already: the time for a peek is over. */
  readonly isResumed: boolean;
  readonly signal: AbortSignal;
}

const stretchOf = ({ from, to }: ByteRange): Stretch => ({ start: from, length: to - from });

/**
 * Sends a file, its peek first, and stops as soon as the file is seen to be of no use. `ranges` is null where there is no
 * peek to send, or its verdict is known.
 * @throws Failure with the reason.
 */
export async function unlessRejected<T>({
  ranges,
  send,
  onVerdict,
  ...ours
}: Omit<Peeking, 'signal'> & {
  readonly ranges: PeekRanges | null;
  readonly send: (signal: AbortSignal) => Promise<T>;
  readonly onVerdict: (peek: Peek) => void;
}): Promise<T> {
  const over = new AbortController();
  const peeking = { ...ours, signal: over.signal };
  /** Only ever ends by a rejection. */
  const watch = async (): Promise<never> => {
    const peek = await verdictOf(peeking);
    if (peek) onVerdict(peek);
    return new Promise(() => undefined);
  };
  try {
    const isSent = ranges !== null && (await sendPeek(peeking, ranges));
    return await (isSent ? Promise.race([send(over.signal), watch()]) : send(over.signal));
  } finally {
    over.abort();
  }
}

/**
 * Sends head and tail ahead of the file, unless they have been sent. A peek is a shortcut: what keeps it from being sent
 * keeps nothing else, and is told as false.
 */
async function sendPeek(peeking: Peeking, ranges: PeekRanges): Promise<boolean> {
  const { client, file, uploadId, isResumed, signal } = peeking;
  const params = { uploadId };
  try {
    const { verdict } = await client.upload.getPeek({ params });
    if (verdict !== 'none') return true;
    if (isResumed) return false;
    const [head, tail] = await Promise.all(peekEnds.map((end) => checksum(file, stretchOf(ranges[end]), signal)));
    if (head === undefined || tail === undefined) return false;
    const signed = await client.upload.signPeek({ params, body: { head, tail } });
    await Promise.all(peekEnds.map((end) => putEnd(peeking, signed[end], stretchOf(ranges[end]))));
    await client.upload.beginPeek({ params, body: { head, tail } });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

const putEnd = (
  { file, signal }: Peeking,
  { url, headers }: { url: string; headers: Record<string, string> },
  stretch: Stretch,
) =>
  pRetry(
    async () => {
      const answer = await request(url, {
        method: 'PUT',
        headers: { ...headers, 'content-length': String(stretch.length) },
        body: read(file, stretch, signal),
        signal,
      });
      await answer.body.dump();
      if (answer.statusCode !== 200) throw new Error(`the peek was answered ${answer.statusCode}`);
    },
    { ...patience, retries: 2, signal },
  );

/**
 * Waits for the verdict, for as long as `signal` lets it; undefined if none came. What cannot be asked is not waited for.
 * @throws Failure with the reason if the file is rejected.
 */
async function verdictOf({ client, uploadId, signal }: Omit<Peeking, 'file' | 'isResumed'>): Promise<Peek | undefined> {
  while (!signal.aborted) {
    const peek = await client.upload.getPeek({ params: { uploadId }, signal }).catch(() => undefined);
    if (peek?.reason) throw rejection(peek.reason.code, peek.reason.sentence);
    if (peek && peek.verdict !== 'none' && peek.verdict !== 'pending') return peek;
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/** The file is of no use, which ends the command as a video that failed does. */
export const rejection = (code: string, sentence: string) => new Failure(code, sentence, exitCodes.videoFailed);

/** A verdict in a line; undefined where there is nothing to say. */
export function verdictLine({ verdict, durationSeconds, rungs }: Peek): string | undefined {
  if (verdict !== 'accepted') return undefined;
  const names = rungs.map(({ name }) => name).toReversed();
  return `The file can be used: ${duration(durationSeconds ?? 0)} long, to be made in ${names.join(', ')}.`;
}
