/**
 * QR codes (ISO/IEC 18004): text in bytes, error correction level M, versions 1 to 10. No more is needed here, and what is
 * drawn is a secret: it stays in the page.
 */

/** Of each version: codewords of correction a block, and the codewords of data of each of its blocks (table 9). */
const versions: readonly { readonly correction: number; readonly blocks: readonly number[] }[] = [
  { correction: 10, blocks: [16] },
  { correction: 16, blocks: [28] },
  { correction: 26, blocks: [44] },
  { correction: 18, blocks: [32, 32] },
  { correction: 24, blocks: [43, 43] },
  { correction: 16, blocks: [27, 27, 27, 27] },
  { correction: 18, blocks: [31, 31, 31, 31] },
  { correction: 22, blocks: [38, 38, 39, 39] },
  { correction: 22, blocks: [36, 36, 36, 37, 37] },
  { correction: 26, blocks: [43, 43, 43, 43, 44] },
];

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const bitsOf = (value: number, count: number) =>
  Array.from({ length: count }, (_, i) => (value >> (count - 1 - i)) & 1);

/** The modules of a code, row by row, true for dark; undefined if the text is too long for it. */
export function qrCode(text: string): boolean[][] | undefined {
  const bytes = new TextEncoder().encode(text);
  const index = versions.findIndex(({ blocks }, i) => 4 + lengthBits(i + 1) + bytes.length * 8 <= sum(blocks) * 8);
  const version = index + 1;
  const layout = versions[index];
  if (layout === undefined) return undefined;
  const codewords = interleaved(dataOf(bytes, version, sum(layout.blocks)), layout);
  const drawn = masks.map((_, mask) => draw(version, codewords, mask));
  return drawn.reduce((best, next) => (penalty(next) < penalty(best) ? next : best));
}

const lengthBits = (version: number) => (version < 10 ? 8 : 16);

/** Mode, length, bytes, and what fills the rest (clause 7.4). */
function dataOf(bytes: Uint8Array, version: number, capacity: number): number[] {
  const bits = [0, 1, 0, 0, ...bitsOf(bytes.length, lengthBits(version)), ...[...bytes].flatMap((b) => bitsOf(b, 8))];
  bits.push(...Array<number>(Math.min(4, capacity * 8 - bits.length)).fill(0));
  while (bits.length % 8 !== 0) bits.push(0);
  const data = Array.from({ length: bits.length / 8 }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2),
  );
  for (let i = 0; data.length < capacity; i++) data.push(i % 2 === 0 ? 0xec : 0x11);
  return data;
}

/** The product in the field of 256 elements that Reed-Solomon codes of QR use (x^8 + x^4 + x^3 + x^2 + 1). */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** The remainder by the generator polynomial of that degree. */
function correctionOf(data: readonly number[], degree: number): number[] {
  let generator = [1];
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    const shifted = [...generator, 0];
    generator = shifted.map((value, at) => value ^ (at > 0 ? times(generator[at - 1] ?? 0, root) : 0));
  }
  const remainder = [...data, ...Array<number>(degree).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const factor = remainder[i] ?? 0;
    for (const [at, value] of generator.entries()) remainder[i + at] = (remainder[i + at] ?? 0) ^ times(value, factor);
  }
  return remainder.slice(data.length);
}

/** The codewords of all blocks in turn: first those of data, then those of correction (clause 7.6). */
function interleaved(data: readonly number[], { correction, blocks }: (typeof versions)[number]): number[] {
  const parts = blocks.map((length, i) => {
    const from = sum(blocks.slice(0, i));
    return data.slice(from, from + length);
  });
  const inTurn = (lists: readonly (readonly number[])[]) =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) =>
      lists.flatMap((list) => list[i] ?? []),
    ).flat();
  return [...inTurn(parts), ...inTurn(parts.map((part) => correctionOf(part, correction)))];
}

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** A BCH code: the value and what it leaves when divided by the polynomial. */
function bch(value: number, length: number, polynomial: number): number {
  const degree = 31 - Math.clz32(polynomial);
  let remainder = value << degree;
  for (let bit = length - 1; bit >= 0; bit--) if ((remainder >> (bit + degree)) & 1) remainder ^= polynomial << bit;
  return (value << degree) | remainder;
}

function draw(version: number, codewords: readonly number[], mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const modules = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined));
  const set = (row: number, column: number, isDark: boolean) => {
    const line = modules[row];
    if (line && column >= 0 && column < size) line[column] = isDark;
  };
  const square = (row: number, column: number, radius: number, isDark: (ring: number) => boolean) => {
    for (let i = -radius; i <= radius; i++)
      for (let j = -radius; j <= radius; j++) set(row + i, column + j, isDark(Math.max(Math.abs(i), Math.abs(j))));
  };

  for (let i = 8; i < size - 8; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  // Finders, with the light border that separates them.
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    square(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  const centers = alignmentCenters(version);
  for (const row of centers)
    for (const column of centers) {
      const isFinder =
        (row === 6 && column === 6) || (row === 6 && column === size - 7) || (row === size - 7 && column === 6);
      if (!isFinder) square(row, column, 2, (ring) => ring !== 1);
    }
  drawFormat(set, size, mask);
  if (version >= 7)
    for (const [i, bit] of bitsOf(bch(version, 6, 0x1f25), 18)
      .toReversed()
      .entries()) {
      set(Math.floor(i / 3), size - 11 + (i % 3), bit === 1);
      set(size - 11 + (i % 3), Math.floor(i / 3), bit === 1);
    }
  fill(modules, codewords, mask);
  return modules.map((row) => row.map((isDark) => isDark ?? false));
}

/** Annex E: evenly spaced from the far side, in even steps. */
function alignmentCenters(version: number): number[] {
  if (version === 1) return [];
  const last = 10 + 4 * version;
  return version < 7 ? [6, last] : [6, last - (2 * version + 2), last];
}

/** Level and mask, twice (clause 7.9); level M is 00. */
function drawFormat(set: (row: number, column: number, isDark: boolean) => void, size: number, mask: number): void {
  const bits = bitsOf(bch(mask, 5, 0x537) ^ 0x5412, 15).toReversed();
  for (const [i, bit] of bits.entries()) {
    const isDark = bit === 1;
    if (i < 6) set(i, 8, isDark);
    else if (i < 8) set(i + 1, 8, isDark);
    else if (i === 8) set(8, 7, isDark);
    else set(8, 14 - i, isDark);
    if (i < 8) set(8, size - 1 - i, isDark);
    else set(size - 15 + i, 8, isDark);
  }
  set(size - 8, 8, true);
}

/** Two columns at a time from the right, up and down in turn, past what is there already (clause 7.7.3). */
function fill(modules: (boolean | undefined)[][], codewords: readonly number[], mask: number): void {
  const size = modules.length;
  const bits = codewords.flatMap((codeword) => bitsOf(codeword, 8));
  const isInverted = masks[mask] ?? (() => false);
  let next = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    // Column 6 is that of the timing pattern, and skipped: the pairs left of it count on from there.
    const pair = right > 6 ? (size - 1 - right) / 2 : (size - 2 - right) / 2;
    for (let step = 0; step < size; step++) {
      const row = pair % 2 === 0 ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        const line = modules[row];
        if (line === undefined || line[column] !== undefined) continue;
        line[column] = (bits[next++] === 1) !== isInverted(row, column);
      }
    }
  }
}

/** How hard a code is to read (clause 7.8.3): runs, blocks, what looks like a finder, and too much dark or light. */
function penalty(modules: readonly (readonly boolean[])[]): number {
  const size = modules.length;
  const columns = modules.map((_, j) => modules.map((row) => row[j] ?? false));
  const lines = [...modules, ...columns].map((line) => line.map((isDark) => (isDark ? '1' : '0')).join(''));
  let points = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    const padded = `0000${line}0000`;
    for (let at = 0; at + 11 <= padded.length; at++) {
      const part = padded.slice(at, at + 11);
      if (part === '10111010000' || part === '00001011101') points += 40;
    }
  }
  for (let i = 0; i + 1 < size; i++)
    for (let j = 0; j + 1 < size; j++) {
      const dark = [modules[i]?.[j], modules[i]?.[j + 1], modules[i + 1]?.[j], modules[i + 1]?.[j + 1]].filter(Boolean);
      if (dark.length % 4 === 0) points += 3;
    }
  const share = modules.flat().filter(Boolean).length / size ** 2;
  return points + 10 * Math.max(0, Math.ceil(Math.abs(share * 20 - 10)) - 1);
}
