import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './measure.ts';

/** How near an encode is to its source, by PSNR (dB, of luma) and SSIM (luma): the mean, and the worst of each kind of place. */
export interface Quality {
  readonly psnr: number;
  readonly ssim: number;
  /** The lowest mean PSNR of one segment, dB. */
  readonly worstSegmentPsnr: number;
  /** The lowest mean PSNR of the 24 frames around the start of a chunk, dB; undefined without chunks. */
  readonly worstSeamPsnr: number | undefined;
  /** VMAF of every fifth frame; undefined where it was not asked for. */
  readonly vmaf: number | undefined;
}

export interface Comparison {
  readonly encoded: string;
  readonly source: string;
  readonly size: { readonly width: number; readonly height: number };
  /** `30/1` */
  readonly rate: string;
  readonly framesPerSegment: number;
  /** First frames of the chunks but the first. */
  readonly seams: readonly number[];
  readonly withVmaf: boolean;
}

/** Frames before and after a seam that are looked at: half a second at 24 to 30 frames a second, each. */
const aroundSeam = 12;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** What a stats file says of each frame. A frame without any error has an infinite PSNR: it counts as 100 dB. */
const perFrame = (file: string, pattern: RegExp): number[] =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, value]) => (value === 'inf' ? 100 : Number(value)));

/**
 * The numbers are compared, whatever their tags say: a source without tags is taken for BT.709, as its title is, and filters
 * would convert one side.
 */
const asMade = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** Compares frame by frame; the source is scaled as the ladder scales it. */
export async function compare(ffmpeg: string, directory: string, what: Comparison): Promise<Quality> {
  const files = ['psnr.txt', 'ssim.txt', 'vmaf.json'].map((name) => join(directory, name));
  const [psnrFile = '', ssimFile = '', vmafFile = ''] = files;
  const { width, height } = what.size;
  const vmaf = `libvmaf=log_fmt=json:log_path=${vmafFile}:n_subsample=5:n_threads=2`;
  const graph = [
    `[1:v]${asMade},fps=fps=${what.rate},format=yuv420p,scale=${width}:${height},setsar=1,settb=AVTB,setpts=N,split=3[a][b][c]`,
    `[0:v]${asMade},settb=AVTB,setpts=N,split=3[d][e][f]`,
    `[d][a]psnr=stats_file=${psnrFile}[p]`,
    `[e][b]ssim=stats_file=${ssimFile}[s]`,
    what.withVmaf ? `[f][c]${vmaf}[v]` : '[f]nullsink;[c]nullsink',
  ].join(';');
  const outputs = ['p', 's', ...(what.withVmaf ? ['v'] : [])];
  await run(ffmpeg, [
    ...['-nostdin', '-v', 'error', '-i', what.encoded, '-i', what.source, '-filter_complex', graph],
    ...outputs.flatMap((pad) => ['-map', `[${pad}]`, '-f', 'null', '-']),
  ]);
  const psnr = perFrame(psnrFile, /psnr_y:(\S+)/g);
  const ssim = perFrame(ssimFile, /Y:(\S+)/g);
  if (psnr.length === 0 || psnr.length !== ssim.length)
    throw new Error(`${what.encoded}: ${psnr.length} frames compared`);
  const segments = Array.from({ length: Math.ceil(psnr.length / what.framesPerSegment) }, (_, i) =>
    mean(psnr.slice(i * what.framesPerSegment, (i + 1) * what.framesPerSegment)),
  );
  const seams = what.seams.map((frame) => mean(psnr.slice(frame - aroundSeam, frame + aroundSeam)));
  const quality = {
    psnr: mean(psnr),
    ssim: mean(ssim),
    worstSegmentPsnr: Math.min(...segments),
    worstSeamPsnr: seams.length > 0 ? Math.min(...seams) : undefined,
    vmaf: what.withVmaf ? vmafMean(vmafFile) : undefined,
  };
  for (const file of files) rmSync(file, { force: true });
  return quality;
}

const vmafMean = (file: string): number =>
  (JSON.parse(readFileSync(file, 'utf8')) as { pooled_metrics: { vmaf: { mean: number } } }).pooled_metrics.vmaf.mean;
