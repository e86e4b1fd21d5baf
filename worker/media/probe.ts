import { layoutOf } from '../../domain/media/boxes.ts';
import { interpretProbe, type Probe, ProbedPacket, ProbeOutput, videoStream } from '../../domain/media/probe.ts';
import { lengthObjection, objection, refusal } from '../../domain/media/verdict.ts';
import { Rejection } from '../failures.ts';
import { inputGuards } from './arguments.ts';
import { ChildFailure, type ChildLimits, runChild } from './child.ts';
import { refusedDecoder } from './decoders.ts';
import { assertReadWhole, type OpenSource } from './loopback.ts';
import { needsRemux } from './remux.ts';

/** Packets of the start that tell whether frames come regularly. */
const headPackets = 300;
/** Seconds before the claimed end that the end is looked for in. */
const tailSeconds = 4;
/** A probe reads an index and two places; more is a file made to keep us busy. */
const timeoutSeconds = 60;
/** An index of all the frames that a source may have takes 0.5 GB; one that wants more is made to. */
const memoryBytes = 2 * 1024 ** 3;

async function ffprobe(
  binary: string,
  args: readonly string[],
  url: string,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
) {
  const { stdout, stderr } = await runChild(binary, ['-v', 'error', ...args, ...inputGuards('http'), '-i', url], {
    ...limits,
    timeoutSeconds,
    memoryBytes,
  }).catch((error: unknown) => {
    if (error instanceof ChildFailure) assertReadWhole(error.stderr);
    throw error;
  });
  assertReadWhole(stderr);
  return stdout;
}

const json = async (...args: Parameters<typeof ffprobe>) => ProbeOutput.parse(JSON.parse(await ffprobe(...args)));

/** Of one stream, or of all. */
const packetsOf = (stream?: number) => [
  ...(stream === undefined ? [] : ['-select_streams', String(stream)]),
  ...['-show_entries', 'packet=stream_index,pts_time,duration_time'],
];

/** Packets within an interval, as `-read_intervals` names it. */
const packets = async (
  binary: string,
  stream: number | undefined,
  interval: string,
  url: string,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
) => (await json(binary, ['-of', 'json', ...packetsOf(stream), '-read_intervals', interval], url, limits)).packets;

/** The last packets, for which all is read: hours of them are millions of lines. */
async function lastPackets(
  binary: string,
  stream: number | undefined,
  url: string,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<ProbedPacket[]> {
  const lines = await ffprobe(binary, ['-of', 'csv=p=0', ...packetsOf(stream)], url, { ...limits, stdout: 'tail' });
  const rows = lines.split('\n').filter((line) => line !== '');
  return rows.map((row) => {
    const [stream_index, pts_time, duration_time] = row.split(',');
    return ProbedPacket.parse({ stream_index, pts_time, duration_time });
  });
}

/**
 * Looks at a source: what it is and how long, by its index and its first and last packets.
 * @throws Rejection with the reason if it cannot become a stream.
 */
export async function probeSource(
  binary: string,
  source: OpenSource,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<Probe> {
  const start = (await source.read(0, 64)).toString('latin1');
  const layout = await layoutOf(source.sizeBytes, source.read);
  if (layout.kind === 'truncated') {
    const { box, missingBytes } = layout;
    const detail = missingBytes > 0 ? `box ${box} lacks ${missingBytes} bytes` : `there is no ${box} box`;
    throw new Rejection({ code: 'truncated', detail });
  }
  const refuse = (error: unknown): never => {
    if (!(error instanceof ChildFailure) || error.timedOut) throw error;
    const codec = refusedDecoder(error.stderr);
    if (codec !== undefined) throw new Rejection({ code: 'unsupported-codec', detail: `${codec} is not decoded` });
    throw new Rejection(
      layout.kind === 'complete' && source.sizeBytes > 0
        ? { code: 'damaged', detail: error.stderr.slice(-1000) }
        : refusal(source.sizeBytes, start, error.stderr.slice(-1000)),
    );
  };
  const output = await json(binary, ['-of', 'json', '-show_format', '-show_streams'], source.url, limits).catch(refuse);
  const objected = objection(output);
  if (objected) throw new Rejection(objected);
  const stream = videoStream(output);
  if (stream === undefined) throw new Error('objection() let a file without a video stream pass');
  const claimedEnd = (output.format?.start_time ?? 0) + Math.max(output.format?.duration ?? 0, stream.duration ?? 0);
  const end = `${Math.max(0, claimedEnd - tailSeconds).toFixed(3)}%`;
  const [head, tail] = await together(limits.signal, (signal) => [
    packets(binary, stream.index, `%+#${headPackets}`, source.url, { ...limits, signal }).catch(refuse),
    claimedEnd > 0
      ? packets(binary, undefined, end, source.url, { ...limits, signal }).catch(refuse)
      : lastPackets(binary, undefined, source.url, { ...limits, signal }).catch(refuse),
  ]);
  const timed = (list: readonly ProbedPacket[]) => list.some((p) => p.pts_time !== undefined);
  if (!timed(head)) throw new Rejection({ code: 'damaged', detail: 'no frame with a time' });
  // Where the claimed end lies behind the real one, or sound goes on, a seek may land behind the last frame: then every one is looked at.
  const last = timed(tail.filter((p) => p.stream_index === stream.index))
    ? tail
    : [...tail, ...(await lastPackets(binary, stream.index, source.url, limits).catch(refuse))];
  const probe = interpretProbe(output, head, last);
  // One that is copied first is as long as its copy: its own times may jump by a day.
  const tooLong = needsRemux(probe.container) ? undefined : lengthObjection(probe.video);
  if (tooLong) throw new Rejection(tooLong);
  return probe;
}

/** Two children at once. Where one fails the other is ended too, and gone before this throws what the first one did. */
async function together<T>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => readonly [Promise<T>, Promise<T>],
): Promise<[T, T]> {
  const failed = new AbortController();
  const [a, b] = start(AbortSignal.any([signal, failed.signal])).map((one) =>
    one.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  ) as [Promise<T>, Promise<T>];
  await Promise.allSettled([a, b]);
  return [await a, await b];
}
