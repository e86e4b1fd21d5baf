/**
 * What a picture of high dynamic range must look like in BT.709, by the formulas of the standards and by none of ffmpeg's
 * filters. A viewer's white is HDR Reference White (ITU-R BT.2408).
 */

/** cd/m². */
const white = 203;
/** The display that HLG is meant for, and that most of PQ is mastered on. cd/m². */
const peak = 1000;

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

/** HLG's system gamma at this peak (the same table's OOTF). */
const systemGamma = 1.2;

/** The signal, 0 to 1, of gray light in cd/m² on that display. */
export function hlgSignal(light: number): number {
  const a = 0.17883277;
  const scene = (light / peak) ** (1 / systemGamma);
  return scene <= 1 / 12 ? Math.sqrt(3 * scene) : a * Math.log(12 * scene - (1 - 4 * a)) + 0.5 - a * Math.log(4 * a);
}

/** The constants of PQ (ITU-R BT.2100 table 4). */
const [m1, m2, c1, c2, c3] = [2610 / 16384, (128 * 2523) / 4096, 3424 / 4096, (32 * 2413) / 4096, (32 * 2392) / 4096];

/** The PQ signal, 0 to 1, of light in cd/m². */
export function pqSignal(light: number): number {
  const y = (light / 10_000) ** m1;
  return ((c1 + c2 * y) / (1 + c3 * y)) ** m2;
}

/** Light of a PQ signal, cd/m². */
function pqLight(signal: number): number {
  const e = signal ** (1 / m2);
  return 10_000 * (Math.max(e - c1, 0) / (c2 - c3 * e)) ** (1 / m1);
}

/** Light of a display of 1,000 cd/m² on one of 203: the EETF of ITU-R BT.2390, clause 5.4.1. cd/m². */
function brought(light: number): number {
  const most = pqSignal(white) / pqSignal(peak);
  const kneeStart = 1.5 * most - 0.5;
  const e = Math.min(1, pqSignal(light) / pqSignal(peak));
  if (e < kneeStart) return light;
  const t = (e - kneeStart) / (1 - kneeStart);
  const spline =
    (2 * t ** 3 - 3 * t ** 2 + 1) * kneeStart +
    (t ** 3 - 2 * t ** 2 + t) * (1 - kneeStart) +
    (-2 * t ** 3 + 3 * t ** 2) * most;
  return pqLight(spline * pqSignal(peak));
}

/** How bright gray light of so many cd/m² is shown, 0 to 255, on the reference display of BT.709 (ITU-R BT.1886). */
export const standardGray = (light: number): number => 255 * Math.min(1, brought(light) / white) ** (1 / 2.4);

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
  const share = brought(brightest) / brightest / white;
  const [red = 0, green = 0, blue = 0] = light.map((l) => Math.min(1, Math.max(0, l * share)) ** (1 / 2.4));
  return Math.round(255 * (0.2126 * red + 0.7152 * green + 0.0722 * blue));
}

/** Gray pictures, as BT.709 shows them, of HLG ones: planes of luma, Cb and Cr, each of `pixels` bytes. */
export function toneMappedGray(planes: Uint8Array, pixels: number): Uint8Array {
  return Uint8Array.from({ length: pixels }, (_, i) =>
    standardLuma(planes[i] ?? 0, planes[pixels + i] ?? 0, planes[2 * pixels + i] ?? 0),
  );
}
