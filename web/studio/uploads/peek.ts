import { ApiError, type SluiceClient } from '../../../client/client.ts';
import type { PeekRanges } from '../../../domain/upload/peek.ts';

/** What head and tail of a file have shown. */
export type Peek = Awaited<ReturnType<SluiceClient['upload']['getPeek']>>;

/** The file is of no use; the message is the sentence for the person. */
export class FileRejected extends Error {}

type Target = { url: string; headers: Record<string, string> };

export interface Peeking {
  readonly file: Blob;
  readonly ranges: PeekRanges | null;
  /** Parts are there already: the time for a peek is over, and whether this is their file has not been looked at. */
  readonly isResumed: boolean;
  readonly signal: AbortSignal;
  readonly get: () => Promise<Peek>;
  readonly checksum: (bytes: Blob) => Promise<string>;
  readonly sign: (checksums: { head: string; tail: string }) => Promise<{ head: Target; tail: Target }>;
  readonly put: (target: Target, bytes: Blob, signal: AbortSignal, onSent: () => void) => Promise<void>;
  readonly begin: (checksums: { head: string; tail: string }) => Promise<void>;
  /** Waits a little before asking again; rejects when `signal` ends it. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
  readonly onSeen: (peek: Peek) => void;
}

/**
 * Sends head and tail, unless the service has them, then does `send` while they are looked at. A peek is a shortcut: what
 * keeps it from being sent or seen keeps nothing else.
 * @throws FileRejected as soon as the file is seen to be of no use, which also aborts the signal given to `send`.
 */
export async function afterPeek<T>(peeking: Peeking, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([peeking.signal, over.signal]);
  try {
    const isSent = await sendPeek({ ...peeking, signal });
    return await (isSent ? Promise.race([send(signal), rejection({ ...peeking, signal })]) : send(signal));
  } catch (error) {
    // By the parts' own way: the service refuses to sign more of a file that it has rejected.
    if (error instanceof ApiError && error.problem.code === 'file-rejected')
      throw new FileRejected(error.problem.detail);
    throw error;
  } finally {
    over.abort();
  }
}

async function sendPeek({
  file,
  ranges,
  isResumed,
  signal,
  get,
  checksum,
  sign,
  put,
  begin,
}: Peeking): Promise<boolean> {
  if (ranges === null) return false;
  try {
    if ((await get()).verdict !== 'none') return true;
    if (isResumed) return false;
    const [head, tail] = [ranges.head, ranges.tail].map(({ from, to }) => file.slice(from, to)) as [Blob, Blob];
    const checksums = { head: await checksum(head), tail: await checksum(tail) };
    const targets = await sign(checksums);
    const ignore = () => undefined;
    await Promise.all([put(targets.head, head, signal, ignore), put(targets.tail, tail, signal, ignore)]);
    await begin(checksums);
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Shows what is seen, and ends only by a rejection. */
async function rejection({ signal, get, pause, onSeen }: Peeking): Promise<never> {
  for (let isOver = false; !isOver && !signal.aborted; ) {
    // That it cannot be asked for may pass, and matters not.
    const peek = await get().catch(() => undefined);
    if (peek && peek.verdict !== 'none' && peek.verdict !== 'pending') onSeen(peek);
    if (peek?.reason) throw new FileRejected(peek.reason.sentence);
    isOver = peek?.isOver === true;
    if (!isOver) await pause(signal).catch(() => undefined);
  }
  return new Promise(() => undefined);
}
