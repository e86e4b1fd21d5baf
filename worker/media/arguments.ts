import type { Encryption } from '../../domain/media/encryption.ts';
import type { Rung } from '../../domain/media/ladder.ts';
import { type AudioTrack, audioSampleRate, type Plan, samplesPerAudioFrame } from '../../domain/media/plan.ts';
import { framesPerSecond } from '../../domain/media/rate.ts';
import { audioFrames, type Chunk, lastFrameSeconds } from '../../domain/media/timeline.ts';
import { limits } from '../../domain/media/verdict.ts';
import { asDecoded, decodedTo } from './constant-sound.ts';
import { decoders } from './decoders.ts';
import { colorFilters, deinterlaced, evened } from './picture-filters.ts';

const codecWhitelist = decoders.join(',');
const maxPixels = String(limits.pictureSide ** 2);

/**
 * How ffmpeg and the packager are called. A playlist named `.mp4` opens local files and URLs under ffmpeg's defaults
 * and under a protocol list alone; only the list of formats refuses it. Both, always, and a list of decoders besides.
 *
 * No picture that is decoded is larger than a source may have; where it is known which stream is the title's, no other is
 * decoded at all: readers look into the covers of a file at each start, and one of a megabyte may have a gigabyte of pixels.
 */
export const inputGuards = (protocol: 'http' | 'file', pictureStream?: number): string[] => [
  ...(pictureStream === undefined
    ? ['-max_pixels', maxPixels]
    : ['-max_pixels', '1', `-max_pixels:${pictureStream}`, maxPixels]),
  '-codec_whitelist',
  codecWhitelist,
  '-protocol_whitelist',
  protocol === 'http' ? 'http,tcp' : 'file',
  '-format_whitelist',
  'mov,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg',
];

/** What to encode: some rungs of some segments, with the audio or without. */
export interface EncodeTask {
  readonly plan: Plan;
  readonly chunk: Chunk;
  readonly rungs: readonly Rung[];
  readonly audio: readonly AudioTrack[];
  readonly url: string;
  /** A file with its sound, decoded, track by track: where that changes on the way (constant-sound.ts). */
  readonly soundFile?: string | undefined;
  /** Hexadecimal; of a title that is encrypted. */
  readonly contentKey?: string | undefined;
  /** Threads of each encoder. */
  readonly threads: number;
  /** How much earlier than usual the picture is read from, seconds (encode.ts). */
  readonly lookBackSeconds?: number;
}

const seconds = (value: number) => value.toFixed(6);

/** The frame from which on a chunk has its pictures: its first, or the last of the source where that is held through all of it. */
const firstFrameOf = ({ plan, chunk }: EncodeTask): number =>
  Math.min(chunk.firstFrame, Math.floor(lastFrameSeconds(plan) * framesPerSecond(plan.rate)));

/** When that frame is shown, in seconds of the title. */
export const picturesFrom = (task: EncodeTask): number => firstFrameOf(task) / framesPerSecond(task.plan.rate);

/** For how long the last frame of the source is shown in a chunk, or before it, seconds. */
const heldIn = ({ plan, chunk }: EncodeTask): number =>
  Math.max(0, (chunk.firstFrame + chunk.frames) / framesPerSecond(plan.rate) - lastFrameSeconds(plan));

/** From where its picture is read; the demuxer goes back to a key frame from there. */
export const readFrom = (task: EncodeTask) => {
  const { plan, lookBackSeconds = 0 } = task;
  const from = picturesFrom(task) - 0.5 / framesPerSecond(plan.rate);
  return Math.max(0, from - plan.video.preRollSeconds - lookBackSeconds);
};

/** When the first picture that was read is shown, in seconds of the title, as the filters said; undefined if none came. */
export function firstPicture(stderr: string): number | undefined {
  const [, time] = /^\[Eval @ \S+\] \[info\] (-?[\d.]+)$/m.exec(stderr) ?? [];
  return time === undefined ? undefined : Number(time);
}

/** Reading and filtering of the picture: exactly the chunk's frames, numbered as in the title, in every rung's size. */
function videoInput(task: EncodeTask) {
  const { plan, chunk, rungs, url } = task;
  const { offsetSeconds: offset, streamIndex } = plan.video;
  const rate = `${plan.rate.num}/${plan.rate.den}`;
  const largest = rungs.reduce((a, b) => (b.height > a.height ? b : a));
  const frames = [
    evened(plan.video),
    // What it says of the first picture, `firstPicture` reads.
    `setpts='PTS-${seconds(offset)}/TB+0*if(N,0,print(T-${seconds(offset)}))'`,
    ...deinterlaced(plan.video),
    `fps=fps=${rate}:start_time=${seconds(picturesFrom(task))}:round=near`,
    `tpad=stop_mode=clone:stop_duration=${seconds(1 + heldIn(task))}`,
    // By frame number: by seconds, a frame is lost to rounding every chunk.
    `trim=start_pts=${chunk.firstFrame}:end_pts=${chunk.firstFrame + chunk.frames}`,
    ...colorFilters(plan.video, largest),
  ].join(',');
  const pads = rungs.map((r) => `[s${r.name}]`).join('');
  const scaled = rungs.map((r) => `[s${r.name}]scale=${r.width}:${r.height},setsar=1[v${r.name}]`);
  return {
    input: [
      // From the key frame before, all of it: the picture that is due at the start may have come long before. `fps` leaves out
      // what is shown earlier, `trim` ends the reading.
      ...['-noaccurate_seek', '-ss', seconds(readFrom(task) + offset)],
      // Where a picture's size changes on its way, the filters go on and scale it: begun anew, they would count from the start.
      ...['-copyts', '-start_at_zero', '-reinit_filter', '0'],
      ...[...inputGuards('http', streamIndex), '-an', '-sn', '-dn', '-i', url],
    ],
    filters: [`[0:${streamIndex}]${frames},split=${rungs.length}${pads}`, ...scaled],
  };
}

function videoOutput({ plan, threads }: EncodeTask, rung: Rung): string[] {
  return [
    ...['-map', `[v${rung.name}]`, '-c:v', 'libx264', '-preset', 'veryfast', '-threads', String(threads)],
    // As the filters have made it (picture-filters.ts).
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    // Buffer of one second, half full at the start: holds the cap across seams of independent encodes.
    ...['-crf', '23', '-maxrate', String(rung.maxrateBps), '-bufsize', String(rung.maxrateBps)],
    ...['-rc_init_occupancy', String(rung.maxrateBps / 2), '-profile:v', 'high', '-level', rung.level],
    ...['-g', String(plan.framesPerSegment), '-keyint_min', String(plan.framesPerSegment), '-sc_threshold', '0'],
    ...['-flags', '+cgop', '-fps_mode', 'passthrough', '-bitexact', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-video_track_timescale', String(plan.timescale), '-avoid_negative_ts', 'disabled', '-use_editlist', '0'],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+frag_discont', '-f', 'mp4', `${rung.name}.mp4`],
  ];
}

/** AAC frames encoded before the first that is kept, so that a seam cannot be heard. */
const audioPreRollFrames = 48;
/** Starts fall on whole samples of every usual source: 15 frames are 14,112 samples at 44.1 kHz, 10,240 at 32 kHz. */
const audioStartMultiple = 15;

/** Which AAC frames of a chunk are encoded and which of them are kept. */
function audioSpan({ plan, chunk }: EncodeTask) {
  const { first, end } = audioFrames(plan, chunk.firstSegment, chunk.lastSegment);
  const wanted = Math.max(0, first - audioPreRollFrames);
  const start = wanted - (wanted % audioStartMultiple);
  // The encoder's first frame is its priming; it is dropped in every piece, so no edit list is needed anywhere.
  const dropBefore = first - start + 1;
  return { start, end, dropBefore, dropFrom: dropBefore + end - first, padTo: (end + 2) * samplesPerAudioFrame };
}

/**
 * Puts packets in their exact places. Matroska and others round times to a millisecond: taken as they come, every chunk
 * would begin up to 24 samples off, and each seam would click. All packets of a stream are as long as each other, so
 * that a time within one tick of a whole number of packets is that place. At last, what the title leaves out before its
 * picture is left out of its sound too.
 */
function placed(track: AudioTrack, offsetSeconds: number): string {
  const rate = track.sourceSampleRate;
  const start = Math.round(track.sourceStartSeconds * rate);
  const tick = rate > track.sourceTimescale ? Math.ceil(rate / track.sourceTimescale) : 0;
  const place = `st(0,round((PTS-${start})/NB_SAMPLES)*NB_SAMPLES+${start})`;
  return `asettb=1/${rate},asetpts='${place};if(lt(abs(ld(0)-PTS),${tick}),ld(0),PTS)-${Math.round(offsetSeconds * rate)}'`;
}

/** More than two channels become two, at a level at which their sum cannot clip. */
const downmix = ({ sourceChannels }: AudioTrack) => (sourceChannels > 2 ? ':ochl=stereo:rematrix_maxval=1' : '');

/** Room after a chunk's end that is read as well, seconds: decoders hold frames back. */
const readAheadSeconds = 0.5;

function audioInput(task: EncodeTask) {
  const { start, padTo } = audioSpan(task);
  const offset = task.plan.video.offsetSeconds;
  const startSample = start * samplesPerAudioFrame;
  const readFrom = Math.max(0, startSample / audioSampleRate + offset - 0.1);
  const tracks = task.soundFile === undefined ? task.audio : task.audio.map(asDecoded);
  const filters = tracks.map((track) => {
    const firstSample = Math.floor((startSample * track.sourceSampleRate) / audioSampleRate);
    return [
      `[1:${track.streamIndex}]${placed(track, offset)}`,
      `atrim=start_pts=${firstSample}`,
      `aresample=${audioSampleRate}:async=1:first_pts=${firstSample}${downmix(track)}`,
      `aformat=sample_fmts=fltp:channel_layouts=${track.channels === 1 ? 'mono' : 'stereo'}`,
      `apad=whole_len=${padTo - startSample}`,
      // Counted anew: where the sound has ended before the chunk begins, padding would start at 0.
      `asettb=1/${audioSampleRate},asetpts=N+${startSample}`,
      `atrim=end_pts=${padTo}[${track.name}]`,
    ].join(',');
  });
  if (task.soundFile !== undefined)
    return { input: ['-copyts', ...inputGuards('file'), '-i', task.soundFile], filters };
  return {
    input: [
      // A seek to 0 goes to the first picture, and loses what is heard before it.
      ...(readFrom > 0 ? ['-ss', seconds(readFrom)] : []),
      ...['-t', seconds(padTo / audioSampleRate + offset - readFrom + readAheadSeconds)],
      ...['-copyts', '-start_at_zero', ...inputGuards('http', task.plan.video.streamIndex)],
      ...['-vn', '-sn', '-dn', '-i', task.url],
    ],
    filters,
  };
}

function audioOutput(task: EncodeTask, track: AudioTrack): string[] {
  const { dropBefore, dropFrom } = audioSpan(task);
  return [
    // The default coder, twoloop, misses the level by half for moments beside loud onsets, most of all in mono.
    ...['-map', `[${track.name}]`, '-c:a', 'aac', '-aac_coder', 'fast', '-b:a', String(track.bitrateBps)],
    ...['-bsf:a', `noise=drop=lt(n\\,${dropBefore})+gte(n\\,${dropFrom})`, '-avoid_negative_ts', 'disabled'],
    ...['-bitexact', '-map_metadata', '-1', '-map_chapters', '-1', '-use_editlist', '0'],
    ...['-movflags', '+empty_moov+default_base_moof+frag_discont', '-frag_duration', '4000000', '-f', 'mp4'],
    `${track.name}.mp4`,
  ];
}

/** An ffmpeg that decodes the sound of a task into a file, in the title's own times. */
export const soundArguments = (task: EncodeTask, soundFile: string): string[] => [
  ...['-nostdin', '-hide_banner', '-loglevel', 'level+error', '-y', ...audioInput(task).input],
  ...task.audio.flatMap((track, i) => ['-map', `0:${track.streamIndex}`, ...decodedTo(track.channels, i)]),
  ...['-f', 'matroska', soundFile],
];

/** One ffmpeg that reads the source once and writes an fMP4 file a track into its working directory. */
export function encodeArguments(task: EncodeTask): string[] {
  const video = videoInput(task);
  const audio = task.audio.length > 0 ? audioInput(task) : { input: [], filters: [] };
  return [
    ...[
      '-nostdin',
      '-hide_banner',
      '-loglevel',
      'level+verbose',
      '-nostats',
      '-benchmark',
      '-progress',
      'pipe:1',
      '-y',
    ],
    ...video.input,
    ...audio.input,
    ...['-filter_complex', [...video.filters, ...audio.filters].join(';')],
    ...task.rungs.flatMap((rung) => videoOutput(task, rung)),
    ...task.audio.flatMap((track) => audioOutput(task, track)),
  ];
}

/** The key itself is no argument: other users of the machine can read those. */
const encryptionArguments = ({ scheme, iv }: Encryption) => [
  ...['--enable_raw_key_encryption', '--protection_scheme', scheme, '--iv', iv],
  ...['--protection_systems', 'Common', '--clear_lead', '0', '--fromenv=keys'],
];

/** What the packager's environment must hold of an encrypted title: its key, which `/proc` shows to its own user alone. */
export const packageEnvironment = ({ plan: { encryption }, contentKey }: EncodeTask): Record<string, string> => {
  if (encryption === undefined) return {};
  if (contentKey === undefined) throw new Error('an encrypted title needs its key');
  return { FLAGS_keys: `label=:key_id=${encryption.keyId}:key=${contentKey}` };
};

/**
 * The length of a segment as the packager is told it, seconds. It counts in whole ticks of each track and cuts off what is
 * left: 4.004 s, as a double, are 192,191.99… samples of 48 kHz, and a grid of 192,191 gains a frame on the plan's by segment
 * 67. A microsecond more is less than a tick of any track.
 */
const packagedSeconds = ({ framesPerSegment, rate }: EncodeTask['plan']) =>
  (framesPerSegment * rate.den) / rate.num + 1e-6;

/** One packager over all of them: CMAF segments `track/n.m4s` and `track/init.mp4`, numbered over the whole title. */
export function packageArguments({ plan, chunk, rungs, audio }: EncodeTask): string[] {
  const track = (name: string, stream: 'video' | 'audio') =>
    `in=${name}.mp4,stream=${stream},init_segment=${name}/init.mp4,segment_template=${name}/$Number$.m4s`;
  return [
    // The fake clock leaves creation times out: inits of all chunks are the same bytes.
    ...['--quiet', '--use_fake_clock_for_muxer', '--segment_duration', String(packagedSeconds(plan))],
    ...['--start_segment_number', String(chunk.firstSegment)],
    ...(plan.encryption ? encryptionArguments(plan.encryption) : []),
    ...rungs.map((r) => track(r.name, 'video')),
    ...audio.map((a) => track(a.name, 'audio')),
  ];
}
