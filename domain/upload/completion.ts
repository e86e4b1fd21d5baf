import { partCount, partLength } from './parts.ts';

/** A part as S3 has it: its number from 1, its length in bytes, the base64 SHA-256 of its bytes. */
export interface StoredPart {
  readonly number: number;
  readonly sizeBytes: number;
  readonly checksum: string;
}

/** What keeps an upload from being completed; `parts` are the numbers to send again. */
export interface Incomplete {
  readonly code: 'size-mismatch' | 'parts-missing' | 'part-checksum-mismatch';
  readonly detail: string;
  readonly parts: readonly number[];
}

/**
 * Compares what the client says it sent with what is stored: every part there, each of the length its place demands,
 * each with the checksum given. `checksums` is in order of parts. Undefined if the file is whole.
 */
export function whatIsIncomplete(
  { sizeBytes, partSizeBytes }: { readonly sizeBytes: number; readonly partSizeBytes: number },
  checksums: readonly string[],
  stored: readonly StoredPart[],
): Incomplete | undefined {
  const count = partCount(sizeBytes, partSizeBytes);
  if (checksums.length !== count) {
    return {
      code: 'size-mismatch',
      detail: `A file of ${sizeBytes} bytes has ${count} parts; checksums of ${checksums.length} were given.`,
      parts: [],
    };
  }
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const numbers = checksums.map((_, index) => index + 1);

  const missing = numbers.filter((number) => !byNumber.has(number));
  if (missing.length > 0)
    return { code: 'parts-missing', detail: `${missing.length} of ${count} parts have not arrived.`, parts: missing };

  const wrongLength = numbers.filter(
    (number) => byNumber.get(number)?.sizeBytes !== partLength(sizeBytes, partSizeBytes, number),
  );
  if (wrongLength.length > 0) {
    return {
      code: 'size-mismatch',
      detail: `${wrongLength.length} of ${count} parts are not as long as declared.`,
      parts: wrongLength,
    };
  }
  const damaged = numbers.filter((number) => byNumber.get(number)?.checksum !== checksums[number - 1]);
  if (damaged.length > 0) {
    return {
      code: 'part-checksum-mismatch',
      detail: `${damaged.length} of ${count} parts differ from what was sent.`,
      parts: damaged,
    };
  }
  return undefined;
}
