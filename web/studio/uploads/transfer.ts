import { ApiError } from '../../../client/client.ts';
import { type Cut, type PartsBook, partRange, partsBook, type StoredPart } from './parts.ts';
import { retrying } from './retrying.ts';

/** The file that is there is not the one that the upload began with. */
export class DifferentFile extends Error {
  constructor() {
    super(
      'This is not the file that this upload began with. Pick the original file, or cancel and upload this one anew.',
    );
  }
}

export interface TransferParts {
  readonly file: Blob;
  readonly cut: Cut;
  /** What the service has of it; empty for a new upload. */
  readonly already: readonly StoredPart[];
  /** Ends the transfer, by pause or cancellation; what is stored stays stored. */
  readonly signal: AbortSignal;
  /** SHA-256 of the bytes, base64. */
  readonly checksum: (bytes: Blob) => Promise<string>;
  /** Asks for the URL of one part, bound to its checksum. */
  readonly sign: (number: number, checksum: string) => Promise<{ url: string; headers: Record<string, string> }>;
  readonly put: (
    target: { url: string; headers: Record<string, string> },
    bytes: Blob,
    signal: AbortSignal,
    onSent: (bytes: number) => void,
  ) => Promise<void>;
  readonly complete: (checksums: string[]) => Promise<void>;
  /** Runs a task when one of the few connections is free. */
  readonly whenFree: (task: () => Promise<void>) => Promise<void>;
  /** Waits before try number `attempt` (from 1) of a part. */
  readonly pause: (attempt: number, signal: AbortSignal) => Promise<void>;
  readonly onProgress: (bytesSent: number, partsStored: number) => void;
}

/** Parts that arrived damaged are sent again this many times before a person is asked. */
const repairRounds = 2;

/** Sends the missing parts of a file, in parallel, and completes the upload. */
export async function transfer(parts: TransferParts): Promise<void> {
  const { cut, already, signal, onProgress } = parts;
  await sameFile(parts);
  const book = partsBook(cut, already);
  onProgress(book.bytesSent(), book.partsStored());
  for (let round = 0; ; round += 1) {
    await sendMissing(parts, book);
    signal.throwIfAborted();
    try {
      return await retrying(() => parts.complete(book.checksums()), signal, parts.pause);
    } catch (error) {
      const again = partsToSendAgain(error);
      if (again.length === 0 || round >= repairRounds) throw error;
      for (const number of again) book.forget(number);
    }
  }
}

/** Compares the file with the first and the last part that the service has of it. */
async function sameFile({ file, cut, already, checksum }: TransferParts): Promise<void> {
  if (file.size !== cut.sizeBytes) throw new DifferentFile();
  for (const part of new Set([already.at(0), already.at(-1)])) {
    if (part === undefined) continue;
    const { start, end } = partRange(cut, part.number);
    if ((await checksum(file.slice(start, end))) !== part.checksum) throw new DifferentFile();
  }
}

async function sendMissing(parts: TransferParts, book: PartsBook): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([parts.signal, failed.signal]);
  const told = () => parts.onProgress(book.bytesSent(), book.partsStored());
  await Promise.all(
    book.missing().map((number) =>
      parts
        .whenFree(async () => {
          const { start, end } = partRange(parts.cut, number);
          const bytes = parts.file.slice(start, end);
          const checksum = await retrying(
            () => sendPart(parts, number, bytes, signal, book, told),
            signal,
            parts.pause,
          );
          book.stored(number, checksum);
          told();
        })
        .catch((error: unknown) => {
          failed.abort(error);
          throw error;
        }),
    ),
  );
}

/** One try of one part. Each try asks for a new URL: the old one may have run out. */
async function sendPart(
  { checksum, sign, put }: TransferParts,
  number: number,
  bytes: Blob,
  signal: AbortSignal,
  book: PartsBook,
  told: () => void,
): Promise<string> {
  signal.throwIfAborted();
  const sum = await checksum(bytes);
  signal.throwIfAborted();
  const target = await sign(number, sum);
  await put(target, bytes, signal, (sent) => {
    book.sending(number, sent);
    told();
  });
  return sum;
}

function partsToSendAgain(error: unknown): number[] {
  if (!(error instanceof ApiError)) return [];
  if (error.problem.code !== 'parts-missing' && error.problem.code !== 'part-checksum-mismatch') return [];
  const numbers = error.problem['parts'];
  return Array.isArray(numbers) ? numbers.filter((number) => typeof number === 'number') : [];
}
