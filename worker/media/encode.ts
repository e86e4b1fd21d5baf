import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredSegment } from '../../domain/jobs/results.ts';
import { isFrozen } from '../../domain/media/damage.ts';
import { setTitleDuration } from '../../domain/media/init-segment.ts';
import { framesPerSecond } from '../../domain/media/rate.ts';
import { Rejection } from '../failures.ts';
import {
  type EncodeTask,
  encodeArguments,
  firstPicture,
  packageArguments,
  packageEnvironment,
  picturesFrom,
  readFrom,
  soundArguments,
} from './arguments.ts';
import {
  benchmarkedCpuSeconds,
  ChildFailure,
  type ChildLimits,
  type ChildResult,
  complaints,
  runChild,
} from './child.ts';
import { saysSoundChanged } from './constant-sound.ts';
import { assertReadWhole } from './loopback.ts';

export interface EncodeTools {
  readonly ffmpeg: string;
  readonly packager: string;
}

/** A track as packaged: files in the job's scratch directory. */
export interface PackagedTrack {
  readonly track: string;
  readonly init: string;
  readonly segments: readonly (StoredSegment & { readonly file: string })[];
}

/** The slowest that a chunk may be encoded, in seconds of wall clock a second of source, with time to start. */
const timeoutFor = (sourceSeconds: number) => 120 + 60 * sourceSeconds;

/** Frames of the picture that ffmpeg says it has written: the last `frame=` of its progress. */
function framesWritten(progress: string): number {
  const all = [...progress.matchAll(/^frame=\s*(\d+)$/gm)];
  return Number(all.at(-1)?.[1] ?? 0);
}

/** Frames that the `fps` filter repeated since none had come for their time: it counts them as it ends. */
const framesRepeated = (stderr: string): number =>
  Math.max(0, ...[...stderr.matchAll(/(\d+) frames duplicated/g)].map(([, count]) => Number(count)));

/** Frames of the picture that were read and not decoded: both are counted as ffmpeg ends, of each input. */
function framesUndecoded(stderr: string): number {
  const [, read, decoded] = /\(video\): (\d+) packets read .*?; (\d+) frames decoded/.exec(stderr) ?? [];
  return Math.max(0, Number(read ?? 0) - Number(decoded ?? 0));
}

/** A decoder says so when it cannot read what it is given, and goes on. */
const undecodable =
  /\[error\].*(error while decoding|decod(e|ing) error|invalid (data|nal)|concealing|missing picture)/i;
/** What is ours and not the file's: it may pass. */
const ours = /No space left|Cannot allocate memory|malloc of size|Resource temporarily unavailable|Input\/output error/;

/**
 * Encodes and packages a task in `limits.cwd`.
 * @throws Rejection `damaged` if the source was read but cannot be decoded: ffmpeg exits with 0 on most broken sources, so
 * its frames are counted. Error for all that may pass.
 */
export async function encode(
  task: EncodeTask,
  tools: EncodeTools,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<{ tracks: PackagedTrack[]; cpuSeconds: number }> {
  const names = [...task.rungs, ...task.audio].map((t) => t.name);
  await Promise.all(names.map((name) => mkdir(join(limits.cwd, name), { recursive: true })));
  const timeoutSeconds = timeoutFor(task.chunk.frames / framesPerSecond(task.plan.rate));
  const { stdout, stderr } = await encodeFrames(task, tools.ffmpeg, { ...limits, timeoutSeconds });
  const { frames, firstFrame } = task.chunk;
  const written = framesWritten(stdout);
  if (written !== frames) throw damaged(`${written} of ${frames} frames from ${firstFrame}`, stderr);
  const repeated = framesRepeated(stderr);
  const undecoded = framesUndecoded(stderr);
  if (isFrozen(task.plan, { frames, repeated, undecoded, complained: undecodable.test(stderr) }))
    throw damaged(`${repeated} of ${frames} frames from ${firstFrame} could not be decoded`, stderr);
  await runChild(tools.packager, packageArguments(task), {
    ...limits,
    timeoutSeconds,
    env: packageEnvironment(task),
  });
  const tracks = await Promise.all(names.map((name) => packagedTrack(limits.cwd, name, task)));
  return { tracks, cpuSeconds: benchmarkedCpuSeconds(stderr) };
}

/** Runs ffmpeg over a task; and again, with its sound decoded before, if that has changed on the way. */
async function encoded(task: EncodeTask, ffmpeg: string, limits: ChildLimits): Promise<ChildResult> {
  const result = await runChild(ffmpeg, encodeArguments(task), limits).catch((failure: unknown) => {
    if (failure instanceof ChildFailure) return failure;
    throw failure;
  });
  if (task.soundFile === undefined && saysSoundChanged(result.stderr)) {
    const soundFile = 'sound.mkv';
    await runChild(ffmpeg, soundArguments(task, soundFile), limits);
    return encoded({ ...task, soundFile }, ffmpeg, limits);
  }
  if (result instanceof ChildFailure) throw result;
  return result;
}

/**
 * How much earlier a picture is read from, seconds, where the one that is due at the start of a chunk was not found: an index
 * in decoding order lists a key frame behind a long still picture right after the still one, and a seek into it ends there.
 */
const lookBacks = [0, 30, 600];

/** Runs ffmpeg over a task, again from earlier while the first picture that it finds is one that is shown too late. */
async function encodeFrames(
  task: EncodeTask,
  ffmpeg: string,
  limits: ChildLimits,
  [lookBackSeconds = 0, ...further]: readonly number[] = lookBacks,
): Promise<ChildResult> {
  const from = { ...task, lookBackSeconds };
  const result = await encoded(from, ffmpeg, limits).catch(throwVerdict);
  assertReadWhole(result.stderr);
  const isLate = (firstPicture(result.stderr) ?? 0) > picturesFrom(task) + 0.5 / framesPerSecond(task.plan.rate);
  const isMore = isLate && readFrom(from) > 0 && further.length > 0;
  return isMore ? encodeFrames(task, ffmpeg, limits, further) : result;
}

/** What it means that ffmpeg came to nothing. @throws always: Rejection `damaged`, or what may pass. */
function throwVerdict(failure: unknown): never {
  if (!(failure instanceof ChildFailure)) throw failure;
  assertReadWhole(failure.stderr);
  // One that was ended from outside says nothing about the file.
  if (failure.exitCode === null || ours.test(failure.stderr)) throw failure;
  throw damaged(failure.message, failure.stderr);
}

const damaged = (what: string, stderr: string) =>
  new Rejection({ code: 'damaged', detail: `${what}: ${complaints(stderr).slice(-400)}` }, stderr);

/** A track's files. @throws Error if the packager made other segments than the plan lists. */
async function packagedTrack(directory: string, track: string, { plan, chunk }: EncodeTask): Promise<PackagedTrack> {
  const made = (await readdir(join(directory, track))).filter((f) => f.endsWith('.m4s')).length;
  const numbers = Array.from({ length: chunk.lastSegment - chunk.firstSegment + 1 }, (_, i) => chunk.firstSegment + i);
  if (made !== numbers.length)
    throw new Error(`${track}: ${made} segments were packaged where ${numbers.length} are planned`);
  const segments = await Promise.all(
    numbers.map(async (number) => {
      const file = join(directory, track, `${number}.m4s`);
      return { track, number, file, sizeBytes: (await stat(file)).size };
    }),
  );
  const init = join(directory, track, 'init.mp4');
  const bytes = await readFile(init);
  setTitleDuration(bytes, { num: plan.totalFrames * plan.rate.den, den: plan.rate.num });
  await writeFile(init, bytes);
  return { track, init, segments };
}
