import { cpus } from 'node:os';
import { join } from 'node:path';
import type { VideoId } from '../domain/ids.ts';
import { isSettled } from '../domain/video/life-cycle.ts';
import { home } from '../local/instance.ts';
import { mediaEnvironment } from '../local/tools.ts';
import { bareLadder } from './bare.ts';
import { type BenchCloud, type Client, say, startBenchCloud } from './cloud.ts';
import { cpuSeconds } from './measure.ts';
import { type BenchSource, benchSources, makeSource } from './sources.ts';
import { upload } from './uploading.ts';
import { openViewer, type Viewer } from './viewer.ts';

/**
 * How long a file takes to become a stream, and what that costs against one bare ffmpeg on the same machine in the same
 * run. `--json` prints the figures for programs; `--only TEXT` measures the sources whose name holds the text.
 */

const json = process.argv.includes('--json');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

interface Row {
  readonly source: string;
  /** Of `playableMs`, until completion was answered: the store joins the parts meanwhile. */
  readonly completionMs: number;
  readonly playableMs: number;
  readonly readyMs: number;
  readonly cpuSeconds: number;
  /** Of these, for segments that the viewer asked for before their chunk was through; not in the ratio. */
  readonly raisedCpuSeconds: number;
  readonly bareCpuSeconds: number;
  readonly cpuRatio: number;
  readonly bareWallSeconds: number;
  readonly wallRatio: number;
}

const head =
  '| source | completed | playable | ready | CPU, ours / bare | raised besides | CPU ratio | wall, ours / bare | wall ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n';
const line = (r: Row) =>
  `| ${r.source} | ${(r.completionMs / 1000).toFixed(2)} s | ${(r.playableMs / 1000).toFixed(2)} s | ${(r.readyMs / 1000).toFixed(1)} s | ${(r.cpuSeconds - r.raisedCpuSeconds).toFixed(1)} / ${r.bareCpuSeconds.toFixed(1)} s | ${r.raisedCpuSeconds.toFixed(1)} s | ${r.cpuRatio.toFixed(2)} | ${(r.readyMs / 1000).toFixed(1)} / ${r.bareWallSeconds.toFixed(1)} s | ${r.wallRatio.toFixed(2)} |\n`;

async function settled(client: Client, videoId: VideoId): Promise<number> {
  for (;;) {
    const video = await client.content.getVideo({ params: { videoId } });
    if (video.state === 'ready' && video.readyAt !== null) return video.readyAt;
    if (isSettled(video.state)) throw new Error(`${videoId} is ${video.state}: ${video.reason?.sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function measure(source: BenchSource, { client, jobs, workerPid }: BenchCloud, viewer: Viewer): Promise<Row> {
  const { FFMPEG } = mediaEnvironment();
  say(`${source.name}: making the source`);
  const file = await makeSource(FFMPEG, join(home, 'bench-sources'), source);
  say(`${source.name}: uploading`);
  const { videoId, complete } = await upload(client, file);
  const { firstFrame } = await viewer.waitAt(videoId);
  const worker = workerPid();
  const cpuBefore = cpuSeconds(worker);
  const ended = Date.now();
  const { attempt } = await complete();
  const completedAt = Date.now();
  const playableAt = await firstFrame;
  say(`${source.name}: playable ${playableAt - ended} ms`);
  const readyAt = await settled(client, videoId);
  const cpu = cpuSeconds(worker) - cpuBefore;
  const plan = await jobs.getPlan({ videoId, attempt });
  if (plan === undefined) throw new Error('the run has no plan');
  const raised = (await jobs.listRaised({ videoId, attempt })).reduce(
    (sum, job) => sum + (job.result?.cpuSeconds ?? 0),
    0,
  );
  say(
    `${source.name}: playable ${playableAt - ended} ms, ready ${readyAt - ended} ms, ${cpu.toFixed(1)} CPU s; now the bare ffmpeg`,
  );
  const bare = await bareLadder(FFMPEG, file, plan, join(home, 'bench-bare'));
  return {
    source: source.name,
    completionMs: completedAt - ended,
    playableMs: playableAt - ended,
    readyMs: readyAt - ended,
    cpuSeconds: cpu,
    raisedCpuSeconds: raised,
    bareCpuSeconds: bare.cpuSeconds,
    cpuRatio: (cpu - raised) / bare.cpuSeconds,
    bareWallSeconds: bare.wallSeconds,
    wallRatio: (readyAt - ended) / 1000 / bare.wallSeconds,
  };
}

const cloud = await startBenchCloud();
try {
  const viewer = await openViewer(process.env['CHROMIUM'] ?? '/usr/bin/chromium', cloud.site, cloud.creator);
  const machine = `${cpus().length} × ${cpus()[0]?.model}`;
  const rows: Row[] = [];
  if (!json) process.stdout.write(`${machine}\n\n${head}`);
  for (const source of benchSources.filter((s) => only === undefined || s.name.includes(only))) {
    const row = await measure(source, cloud, viewer);
    rows.push(row);
    // One by one: a run takes half an hour.
    if (!json) process.stdout.write(line(row));
  }
  await viewer.close();
  if (json) process.stdout.write(`${JSON.stringify({ machine, rows }, null, 2)}\n`);
} finally {
  await cloud.stop();
}
process.exit(0);
