import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { VideoId } from '../domain/ids.ts';
import { peekOf } from '../domain/upload/peek.ts';
import { home } from '../local/instance.ts';
import { mediaEnvironment } from '../local/tools.ts';
import { type BenchCloud, say, startBenchCloud } from './cloud.ts';
import { prepared, workerIsIdle } from './head.ts';
import { type BenchSource, makeSource } from './sources.ts';
import { peekSeen, sendPeek, type Uploading, upload } from './uploading.ts';
import { openViewer, type Viewer } from './viewer.ts';

/**
 * From the end of an upload until a browser that waits for the title shows a frame and has decoded sound, for titles of any
 * length, with and without a peek: the median of five uploads, and where its time goes. Then how soon a creator knows
 * what their file is worth. `--only TEXT` measures the sources whose name holds the text; `--times N` uploads so often.
 */

const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const only = option('--only') ?? '';
const times = Number(option('--times') ?? 5);

const sources: readonly BenchSource[] = [
  { name: '10 s at 8 Mbit/s', seconds: 10, megabits: 8 },
  { name: '60 s at 8 Mbit/s', seconds: 60, megabits: 8 },
  { name: '10 min at 8 Mbit/s', seconds: 600, megabits: 8 },
  { name: '2 h at 2.5 Mbit/s', seconds: 7200, megabits: 2.5 },
];

/** How fast a creator's line is in the last measurement, bit/s. */
const uplinkBps = 20_000_000;

/** One upload, milliseconds. What is between the columns is the next one's beginning. */
interface Run {
  readonly playable: number;
  /** Until completion was answered: the store joins the parts, the run is started. */
  readonly completed: number;
  /** The worker's job: with its probe, its encode, and what it publishes. */
  readonly job: number;
  readonly probe: number;
  readonly encode: number;
  readonly publish: number;
  /** From the record that says "playable" to the frame: the page asks, loads manifests and segment 1, decodes. */
  readonly page: number;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const seconds = (ms: number) => (ms / 1000).toFixed(2);

async function measure(cloud: BenchCloud, viewer: Viewer, file: string, withPeek: boolean): Promise<Run> {
  const uploading: Uploading = await upload(cloud.client, file);
  const { videoId, uploadId } = uploading;
  if (withPeek) {
    await sendPeek(cloud.client, uploading);
    const { verdict } = await peekSeen(cloud.client, uploadId, (peek) => peek.isOver);
    if (verdict !== 'accepted') throw new Error(`the peek was ${verdict}`);
  }
  const { firstFrame } = await viewer.waitAt(videoId);
  const ended = Date.now();
  const { attempt } = await uploading.complete();
  const completed = Date.now() - ended;
  const shownAt = await firstFrame;
  const { playableAt, probeMs, encodeMs, publishMs } = await prepared(cloud, videoId);
  await giveUp(cloud, videoId, attempt);
  return {
    playable: shownAt - ended,
    completed,
    job: probeMs + encodeMs + publishMs,
    probe: probeMs,
    encode: encodeMs,
    publish: publishMs,
    page: shownAt - playableAt,
  };
}

/** Nobody wants the rest of the title; the next one shall find the machine idle. */
async function giveUp(cloud: BenchCloud, videoId: VideoId, attempt: number): Promise<void> {
  const reason = { code: 'internal', detail: 'measured' } as const;
  // The stage of a long title is written only moments after its beginning can be watched.
  while ((await cloud.jobs.closeStage({ videoId, attempt }, 'encode', reason)) === undefined) await pause(100);
  await workerIsIdle(cloud.workerPid());
  await cloud.forget(videoId);
}

/** Until a creator who sends 600 MB at 20 Mbit/s is told the verdict. Milliseconds. */
async function verdict(cloud: BenchCloud, file: string): Promise<{ sent: number; told: number }> {
  const began = Date.now();
  const uploading = await upload(cloud.client, file, { parts: 'none' });
  await sendPeek(cloud.client, uploading, uplinkBps);
  const sent = Date.now() - began;
  const { verdict } = await peekSeen(cloud.client, uploading.uploadId, (peek) => peek.verdict !== 'pending');
  const told = Date.now() - began;
  if (verdict !== 'accepted') throw new Error(`the peek was ${verdict}`);
  await workerIsIdle(cloud.workerPid());
  return { sent, told };
}

const row = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const head = (cells: readonly string[]) => {
  row(cells);
  row(cells.map(() => '---'));
};

const cloud = await startBenchCloud();
try {
  const { FFMPEG } = mediaEnvironment();
  const viewer = await openViewer(process.env['CHROMIUM'] ?? '/usr/bin/chromium', cloud.site, cloud.creator);
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model}; median of ${times}, seconds\n\n`);
  head(['source', 'peek', 'playable', 'completed', 'job', 'of it probe', 'encode', 'publish', 'page', 'slowest']);
  for (const source of sources.filter(({ name }) => name.includes(only))) {
    say(`${source.name}: making the source`);
    const file = await makeSource(FFMPEG, join(home, 'bench-sources'), source);
    const isPeeked = peekOf((source.seconds * source.megabits * 1e6) / 8) !== null;
    for (const withPeek of isPeeked ? [false, true] : [false]) {
      const runs: Run[] = [];
      while (runs.length < times) {
        runs.push(await measure(cloud, viewer, file, withPeek));
        say(`${source.name}, ${withPeek ? 'peek' : 'no peek'}: playable after ${runs.at(-1)?.playable} ms`);
      }
      const of = (key: keyof Run) => seconds(median(runs.map((run) => run[key])));
      row([
        source.name,
        withPeek ? 'yes' : 'no',
        ...(['playable', 'completed', 'job', 'probe', 'encode', 'publish', 'page'] as const).map(of),
        seconds(Math.max(...runs.map((run) => run.playable))),
      ]);
    }
  }
  await viewer.close();
  const large = sources[2];
  if (large?.name.includes(only)) {
    const file = await makeSource(FFMPEG, join(home, 'bench-sources'), large);
    const told: { sent: number; told: number }[] = [];
    while (told.length < times) told.push(await verdict(cloud, file));
    process.stdout.write('\n');
    head(['source', 'line', 'head and tail sent', 'verdict told', 'slowest']);
    row([
      `600 MB, ${large.name}`,
      `${uplinkBps / 1e6} Mbit/s`,
      seconds(median(told.map((t) => t.sent))),
      seconds(median(told.map((t) => t.told))),
      seconds(Math.max(...told.map((t) => t.told))),
    ]);
  }
} finally {
  await cloud.stop();
}
process.exit(0);
