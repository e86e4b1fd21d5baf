import type { Plan } from '../../domain/media/plan.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The names that `scale` has for the matrices of the systems. */
const matrices = { bt709: 'bt709', 'bt601-525': 'bt601', 'bt601-625': 'bt601', bt2020: 'bt2020' } as const;

/**
 * Limited range for all frames, and, where a source changes on its way, the size and pixel format of the first that is read and the
 * matrix of the title: what follows is set up once. Frames that are so already pass as they are. Where the source does not say its
 * matrix, none is changed.
 */
export const evened = ({ colors: { system, isTold } }: Plan['video']): string =>
  `scale=iw:ih:out_range=limited${isTold ? `:out_color_matrix=${matrices[system]}` : ''}`;

/** One frame a frame, for a title's rate is that of frames, not of fields. Before frames are chosen: it looks at neighbours. */
export const deinterlaced = ({ interlaced }: Plan['video']): string[] =>
  interlaced ? ['bwdif=mode=send_frame:deint=all'] : [];

/**
 * What is done to the colors of evened frames before the picture is split into rungs, none of which is larger than `largest`. A
 * BT.709 source, which is the usual one, passes as it is.
 */
export function colorFilters({ colors }: Plan['video'], largest: Size): string[] {
  return [
    ...(colors.transfer === 'sdr' ? standardRange(colors) : toneMapped(colors.transfer, largest)),
    'format=yuv420p',
    // Tags; the numbers are those of BT.709 by now. Untagged they would be guessed by the size of each rung.
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
  ];
}

/** The names that the `colorspace` filter has for the systems. */
const systems = { 'bt601-525': 'bt601-6-525', 'bt601-625': 'bt601-6-625', bt2020: 'bt2020' } as const;

const standardRange = ({ system }: Plan['video']['colors']): string[] =>
  system === 'bt709' ? [] : ['format=yuv420p', 'setparams=range=tv', `colorspace=iall=${systems[system]}:all=bt709`];

/** HDR Reference White (ITU-R BT.2408 clause 2.1), cd/m²: what is shown as white, but for the room that highlights need. */
const whiteNits = 203;
/** What is shown as the brightest, cd/m²: of the display that HLG is meant for, and of those that PQ is mastered on. */
const peakNits = { pq: 4000, hlg: 1000 } as const;
/** The share of white below which light stays as it is: as in the EETF of ITU-R BT.2390, whose knee is at 0.45 for 1,000 cd/m². */
const knee = 0.5;

/**
 * High dynamic range, to standard: in linear light, at the size of the largest rung, since it costs most of all that is done
 * to a picture. Straight up to the knee, then bent towards the peak. `desat=0`: bright colors stay colors.
 */
function toneMapped(transfer: 'pq' | 'hlg', largest: Size): string[] {
  const curve = transfer === 'pq' ? 'smpte2084' : 'arib-std-b67';
  return [
    `scale=${largest.width}:${largest.height}`,
    `zscale=tin=${curve}:pin=bt2020:min=bt2020nc:rin=limited:t=linear:npl=${whiteNits}`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    // The peak is given, or it would follow from what the source says of itself, in whites of 100 cd/m².
    `tonemap=mobius:param=${knee}:desat=0:peak=${(peakNits[transfer] / whiteNits).toFixed(4)}`,
    'zscale=t=bt709:m=bt709:r=tv',
  ];
}
