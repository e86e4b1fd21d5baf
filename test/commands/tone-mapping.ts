/**
 * What a picture of high dynamic range must look like in BT.709, by the formulas of the standards and by none of ffmpeg's
 * filters. A viewer's white is 100 cd/m².
 */

/** Luma and chroma of BT.2020 in eight bits of limited range (ITU-R BT.2020 table 4), 0 to 1 each of R'G'B'. */
function signal(y: number, cb: number, cr: number): readonly [number, number, number] {
  const luma = (y - 16) / 219;
  const blue = (cb - 128) / 224;
  const red = (cr - 128) / 224;
  const r = luma + 1.4746 * red;
  const b = luma + 1.8814 * blue;
  return [r, (luma - 0.2627 * r - 0.0593 * b) / 0.678, b];
}

/** Light of the scene of an HLG signal: the inverse OETF of ITU-R BT.2100 table 5. */
function sceneLight(value: number): number {
  const a = 0.17883277;
  const v = Math.min(1, Math.max(0, value));
  return v <= 0.5 ? v ** 2 / 3 : (Math.exp((v - (0.5 - a * Math.log(4 * a))) / a) + 1 - 4 * a) / 12;
}

/** In whites. The display that HLG is meant for: 1,000 cd/m², with a system gamma of 1.2 (the same table's OOTF). */
const peak = 10;
const systemGamma = 1.2;

/** John Hable's filmic curve, with his constants. */
function filmic(light: number): number {
  const [a, b, c, d, e, f] = [0.15, 0.5, 0.1, 0.2, 0.02, 0.3];
  return (light * (a * light + c * b) + d * e) / (light * (a * light + b) + d * f) - e / f;
}

/** Luma of BT.709, 0 to 255, of one pixel of HLG. */
function standardLuma(y: number, cb: number, cr: number): number {
  const [r, g, b] = signal(y, cb, cr).map(sceneLight) as [number, number, number];
  const luminance = 0.2627 * r + 0.678 * g + 0.0593 * b;
  const shown = luminance > 0 ? peak * luminance ** (systemGamma - 1) : 0;
  // Primaries of BT.2020 in those of BT.709 (ITU-R BT.2407 annex 1).
  const light = [
    shown * (1.6605 * r - 0.5876 * g - 0.0728 * b),
    shown * (-0.1246 * r + 1.1329 * g - 0.0083 * b),
    shown * (-0.0182 * r - 0.1006 * g + 1.1187 * b),
  ];
  // The brightest of the three is brought down by the curve, and the others with it: hues stay.
  const brightest = Math.max(...light, 1e-6);
  const share = filmic(brightest) / filmic(peak) / brightest;
  const [red = 0, green = 0, blue = 0] = light.map((l) => Math.min(1, Math.max(0, l * share)) ** (1 / 2.4));
  return Math.round(255 * (0.2126 * red + 0.7152 * green + 0.0722 * blue));
}

/** Gray pictures, as BT.709 shows them, of HLG ones: planes of luma, Cb and Cr, each of `pixels` bytes. */
export function toneMappedGray(planes: Uint8Array, pixels: number): Uint8Array {
  return Uint8Array.from({ length: pixels }, (_, i) =>
    standardLuma(planes[i] ?? 0, planes[pixels + i] ?? 0, planes[2 * pixels + i] ?? 0),
  );
}
