import type { ClipOptions, FrameRate } from './clip.ts';
import { soundSource } from './clip-sound.ts';
import { codeHeightShare, codeSource } from './frame-code.ts';

/** Frames of the picture, counted as if none were left out. */
export const frameCount = ({ seconds, rate }: Pick<ClipOptions, 'seconds' | 'rate'>): number =>
  Math.round((seconds * rate.num) / rate.den);

const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];

function sceneSource({ scene, width, height, seconds, rate }: ClipOptions): string {
  const fps = `${rate.num}/${rate.den}`;
  if (scene === 'pattern') return `testsrc2=s=${width}x${height}:r=${fps}:d=${seconds}`;
  // Half the size, enlarged: the fractal's own finest detail is sharper than any lens.
  const small = `${2 * Math.round(width / 4)}x${2 * Math.round(height / 4)}`;
  return `mandelbrot=s=${small}:r=${fps}:maxiter=400:inner=mincol:end_pts=${frameCount({ seconds, rate })},scale=${width}:${height}:flags=bicubic,noise=alls=3:allf=t`;
}

/** Turns the shown picture into the coded one. */
const turned = { 90: 'transpose=clock', 180: 'hflip,vflip', 270: 'transpose=cclock' } as const;

function encoder({ codec, bitrateBps, gopFrames, interlaced }: ClipOptions): string[] {
  const quality = bitrateBps === undefined ? undefined : ['-b:v', String(bitrateBps)];
  if (codec === 'mpeg4') return ['-c:v', 'mpeg4', ...(quality ?? ['-q:v', '3']), '-g', String(gopFrames), '-bf', '2'];
  if (codec === 'prores_ks') return ['-c:v', 'prores_ks', '-profile:v', 'standard'];
  if (codec === 'libvpx-vp9')
    return [
      '-c:v',
      codec,
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-crf',
      '24',
      '-b:v',
      '0',
      '-g',
      String(gopFrames),
    ];
  const rate = quality && [
    ...quality,
    '-maxrate',
    String(1.5 * (bitrateBps ?? 0)),
    '-bufsize',
    String(2 * (bitrateBps ?? 0)),
  ];
  return [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    ...(rate ?? ['-crf', '20']),
    '-g',
    String(gopFrames),
    '-bf',
    '2',
  ].concat(interlaced ? ['-flags', '+ilme+ildct'] : []);
}

/** One half of a picture that changes on its way. Times go on, so that the two can be joined byte by byte. */
function half(options: ClipOptions, which: 'first' | 'second'): string[] {
  const middle = Math.round(frameCount(options) / 2);
  if (which === 'first') return [`trim=end_frame=${middle}`];
  const { width, height } = options;
  const turned = {
    smaller: `scale=${2 * Math.round(width / 4)}:${2 * Math.round(height / 4)}`,
    upright: `scale=${height}:${width}`,
    'ten bits': 'format=yuv420p10le',
    '4:4:4': 'format=yuv444p',
  };
  return [`trim=start_frame=${middle}`, ...(options.turnsInto ? [turned[options.turnsInto]] : [])];
}

/** The picture alone, numbered from 0, once; of one that changes, half of it. */
export function pictureArguments(options: ClipOptions, which: 'first' | 'second' = 'first'): string[] {
  const { rate, width, height, irregular } = options;
  const seconds = options.seconds / (options.repeat ?? 1);
  const once = { ...options, seconds };
  const codeHeight = Math.round(height * codeHeightShare);
  const filters = [
    `[1:v]scale=${width}:${codeHeight}:flags=neighbor[code];[0:v][code]overlay=0:0:shortest=1,format=yuv420p,trim=end_frame=${frameCount(once)}`,
    ...(irregular ? [`select='not(eq(mod(n\\,7)\\,3)+eq(mod(n\\,7)\\,5)+gte(t\\,3.2)*lt(t\\,4.7))'`] : []),
    ...(options.still ? [`select='lt(t\\,${options.still.from})+gte(t\\,${options.still.to})'`] : []),
    ...(options.blackSeconds === undefined
      ? []
      : [`drawbox=color=black:thickness=fill:enable='lt(t\\,${options.blackSeconds})'`]),
    ...(options.rotation === undefined ? [] : [turned[options.rotation]]),
    ...(options.turnsInto ? half(options, which) : []),
    ...(options.interlaced ? ['setfield=tff'] : []),
    ...(options.squeezed === undefined
      ? []
      : [`scale=${2 * Math.round(width / options.squeezed / 2)}:${height}`, `setsar=${options.squeezed}`]),
  ];
  return [
    ...lavfi(sceneSource(once)),
    ...lavfi(codeSource(`${rate.num}/${rate.den}`, seconds)),
    ...['-filter_complex', filters.join(','), '-fps_mode', 'passthrough', ...encoder(options)],
    // Without B-frames, whose decoding begins before zero: both halves would be moved, and not alike.
    ...(options.turnsInto ? ['-bf', '0'] : []),
    ...['-video_track_timescale', timescale(rate)],
  ];
}

const soundCodecs: Partial<Record<ClipOptions['container'], string>> = { avi: 'libmp3lame', webm: 'libopus' };

/** A frame is a whole number of ticks. */
const timescale = ({ num, den }: FrameRate) => String(den === 1 ? num * 512 : num);

const coverArguments = (input: number): string[] => [
  ...['-map', `${input}:v`, '-c:v:1', 'mjpeg', '-disposition:v:1', 'attached_pic'],
];

/** The finished picture with the sound, in the clip's container. */
export function muxArguments(options: ClipOptions, picture: string): string[] {
  const { sound, repeat = 1, languages = [''], rotation, startSeconds, pictureDelaySeconds, container, rate } = options;
  const sounded = sound && soundSource(sound.sampleRate, sound.channels, sound.seconds ?? options.seconds);
  return [
    ...(repeat > 1 ? ['-stream_loop', String(repeat - 1)] : []),
    ...(pictureDelaySeconds === undefined ? [] : ['-itsoffset', String(pictureDelaySeconds)]),
    ...(rotation === undefined ? [] : ['-display_rotation', String(rotation)]),
    ...['-i', picture, ...(sounded ? lavfi(sounded) : [])],
    ...(options.cover ? lavfi('color=red:s=64x64:r=25:d=0.04') : []),
    ...[
      '-map',
      '0:v',
      ...(sound
        ? [
            ...languages.flatMap(() => ['-map', '1:a']),
            ...languages.flatMap((l, i) => (l ? [`-metadata:s:a:${i}`, `language=${l}`] : [])),
            '-c:a',
            soundCodecs[container] ?? 'aac',
            '-b:a',
            `${Math.max(160, 80 * sound.channels)}k`,
          ]
        : []),
    ],
    ...(options.cover ? coverArguments(sounded ? 2 : 1) : []),
    ...['-c:v:0', 'copy', '-video_track_timescale', timescale(rate)],
    // AVI counts frames instead of timing them: it must be told of which length.
    ...(container === 'avi' ? ['-r', `${rate.num}/${rate.den}`] : []),
    ...(startSeconds === undefined ? [] : ['-output_ts_offset', String(startSeconds)]),
    ...(options.live ? ['-live', '1'] : []),
    ...(options.fragmented
      ? ['-movflags', '+frag_keyframe+delay_moov+default_base_moof', '-min_frag_duration', '2000000']
      : []),
  ];
}
