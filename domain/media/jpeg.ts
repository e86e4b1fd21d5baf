import type { PictureProblem } from './picture.ts';

/**
 * JPEG files (ITU-T T.81) as they may be served without being decoded here: of what a browser has drawn, only what a picture
 * needs. Metadata, thumbnails, and what lies behind the end are left out; what no browser's canvas writes is refused.
 */

/** A picture that is square, and so many pixels wide and high. */
export interface PlainJpeg {
  readonly bytes: Uint8Array;
  readonly side: number;
}

/** Scans of one picture: libjpeg's own script for progressive files has ten. Hundreds are a bomb for whoever decodes them. */
const maxScans = 20;

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const jfif = 0xe0;
const adobe = 0xee;
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xc2;
const isTable = (marker: number) => marker === 0xdb || marker === 0xc4 || marker === 0xdd;
const isDropped = (marker: number) => (marker >= jfif && marker <= 0xef) || marker === 0xfe;
const isRestart = (byte: number) => byte >= 0xd0 && byte <= 0xd7;

/** Lengths of the two application segments that say what the colors are: without a thumbnail, and as Adobe has it. */
const keptLength = new Map([
  [jfif, { length: 16, name: 'JFIF\0' }],
  [adobe, { length: 14, name: 'Adobe' }],
]);

/** @param minSide and maxSide in pixels, of a square. */
export function plainJpeg(
  file: Uint8Array,
  { minSide, maxSide }: { minSide: number; maxSide: number },
): PlainJpeg | PictureProblem {
  if (file[0] !== 0xff || file[1] !== soi) return 'not-a-picture';
  const kept: Uint8Array[] = [file.subarray(0, 2)];
  let side: number | undefined;
  let scans = 0;
  let at = 2;
  for (;;) {
    if (file[at] !== 0xff) return 'picture-damaged';
    const marker = file[at + 1];
    if (marker === eoi) {
      if (side === undefined || scans === 0) return 'picture-damaged';
      return { bytes: joined([...kept, file.subarray(at, at + 2)]), side };
    }
    const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
    let end = at + 2 + length;
    if (marker === undefined || length < 2 || end > file.length) return 'picture-damaged';
    if (isFrame(marker)) {
      if (side !== undefined) return 'picture-damaged';
      const square = sideOf(file.subarray(at + 4, end));
      if (square === undefined || square < minSide || square > maxSide) return 'not-a-picture';
      side = square;
    } else if (marker === sos) {
      scans += 1;
      if (side === undefined || scans > maxScans) return 'picture-damaged';
      end = endOfScan(file, end);
    } else if (!isTable(marker) && !isDropped(marker)) return 'picture-damaged';
    if (!isDropped(marker) || isKept(file, at, marker, length)) kept.push(file.subarray(at, end));
    at = end;
  }
}

/** Width and height of a frame header of 8 bits and one or three components, if they are the same. */
function sideOf(header: Uint8Array): number | undefined {
  const [precision, h1 = 0, h2 = 0, w1 = 0, w2 = 0, components] = header;
  const [height, width] = [(h1 << 8) | h2, (w1 << 8) | w2];
  return precision === 8 && (components === 1 || components === 3) && width === height ? width : undefined;
}

/** The first byte of the next marker that is neither a restart nor a stuffed byte (T.81, B.1.1.5). */
function endOfScan(file: Uint8Array, from: number): number {
  let at = from;
  while (at + 1 < file.length) {
    const next = file[at + 1] ?? 0;
    if (file[at] === 0xff && next !== 0 && !isRestart(next)) return at;
    at += 1;
  }
  return file.length;
}

function isKept(file: Uint8Array, at: number, marker: number, length: number): boolean {
  const form = keptLength.get(marker);
  return (
    form?.length === length && String.fromCharCode(...file.subarray(at + 4, at + 4 + form.name.length)) === form.name
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
