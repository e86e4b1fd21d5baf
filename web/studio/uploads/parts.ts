import { partCount, partLength } from '../../../domain/upload/parts.ts';

/** What must be known of an upload session to cut its file into parts. */
export interface Cut {
  readonly sizeBytes: number;
  readonly partSizeBytes: number;
}

export interface StoredPart {
  readonly number: number;
  readonly sizeBytes: number;
  readonly checksum: string;
}

/** The bytes of part `number` (from 1): from `start` up to but not including `end`. */
export function partRange({ sizeBytes, partSizeBytes }: Cut, number: number): { start: number; end: number } {
  const start = (number - 1) * partSizeBytes;
  return { start, end: start + partLength(sizeBytes, partSizeBytes, number) };
}

/** What has been sent of one file: which parts are stored with which checksum, and how far those under way are. */
export interface PartsBook {
  /** Numbers of the parts that are not stored, in order. */
  readonly missing: () => number[];
  readonly stored: (number: number, checksum: string) => void;
  /** Part `number` must be sent again. */
  readonly forget: (number: number) => void;
  readonly sending: (number: number, bytesSent: number) => void;
  readonly bytesSent: () => number;
  readonly partsStored: () => number;
  /** The checksum of every part, in order. @throws if one is missing. */
  readonly checksums: () => string[];
}

/** Opens the book with what the service already has. A part of a wrong length is not that part. */
export function partsBook(cut: Cut, already: readonly StoredPart[]): PartsBook {
  const count = partCount(cut.sizeBytes, cut.partSizeBytes);
  const lengthOf = (number: number) => partLength(cut.sizeBytes, cut.partSizeBytes, number);
  const checksums = new Map<number, string>();
  const underWay = new Map<number, number>();
  for (const { number, sizeBytes, checksum } of already) {
    if (number >= 1 && number <= count && sizeBytes === lengthOf(number)) checksums.set(number, checksum);
  }
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return {
    missing: () => numbers.filter((number) => !checksums.has(number)),
    stored(number, checksum) {
      underWay.delete(number);
      checksums.set(number, checksum);
    },
    forget(number) {
      underWay.delete(number);
      checksums.delete(number);
    },
    sending: (number, bytesSent) => void underWay.set(number, Math.min(bytesSent, lengthOf(number))),
    bytesSent() {
      let sum = 0;
      for (const number of checksums.keys()) sum += lengthOf(number);
      for (const bytes of underWay.values()) sum += bytes;
      return sum;
    },
    partsStored: () => checksums.size,
    checksums: () =>
      numbers.map((number) => {
        const checksum = checksums.get(number);
        if (checksum === undefined) throw new Error(`part ${number} is not stored`);
        return checksum;
      }),
  };
}
