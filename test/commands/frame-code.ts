/**
 * The number of a frame, burnt into its picture for a machine to read. The top eighth of the picture holds two rows of
 * sixteen blocks: the number in Gray code, the first block its highest bit, and below each block its opposite. A block
 * is read by comparing it with its opposite, so that compression, scaling to 360 lines or a change of brightness cannot
 * alter it; a mixture of two frames leaves a pair without contrast and reads as no number at all.
 */
export const codeBits = 16;

/** The share of the picture's height that the code takes, from the top. */
export const codeHeightShare = 1 / 8;

const black = 16;
const white = 235;

/** An ffmpeg source of a 16×2 picture that holds the number of each frame, from 0; to be enlarged with `neighbor`. */
export function codeSource(rate: string, seconds: number): string {
  // Bit b of the Gray code of N is the sum, modulo 2, of bits b and b+1 of N; the second row is its opposite.
  const bit = `abs(mod(floor(N/pow(2\\,${codeBits - 1}-X))+floor(N/pow(2\\,${codeBits}-X))\\,2)-Y)`;
  return `color=black:s=${codeBits}x2:r=${rate}:d=${seconds},format=yuv420p,geq=lum='${black}+${white - black}*${bit}':cb=128:cr=128`;
}

/** Gray samples of a code as decoded: each block is `codeSampleSide`² samples, of which only the inner ones are read. */
export const codeSampleSide = 4;
export const codeSampleWidth = codeBits * codeSampleSide;
export const codeSampleHeight = 2 * codeSampleSide;

/** The least difference, of 255, between a block and its opposite. Noise of a 360p rung stays far above it. */
const leastContrast = 60;

const inner = [1, 2] as const;

function brightness(samples: Uint8Array, column: number, row: number): number {
  let sum = 0;
  for (const y of inner) {
    for (const x of inner) {
      sum += samples[(row * codeSampleSide + y) * codeSampleWidth + column * codeSampleSide + x] ?? 0;
    }
  }
  return sum / inner.length ** 2;
}

/** The number in a decoded code, or undefined if any of its blocks does not stand out from its opposite. */
export function readCode(samples: Uint8Array): number | undefined {
  let number = 0;
  let bit = 0;
  for (let column = 0; column < codeBits; column++) {
    const contrast = brightness(samples, column, 0) - brightness(samples, column, 1);
    if (Math.abs(contrast) < leastContrast) return undefined;
    bit ^= contrast > 0 ? 1 : 0;
    number = number * 2 + bit;
  }
  return number;
}
