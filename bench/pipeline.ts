import { createHash } from 'node:crypto';
import { openAsBlob, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { sluiceClient } from '../client/client.ts';
import type { VideoId } from '../domain/ids.ts';
import type { Plan } from '../domain/media/plan.ts';
import { isSettled } from '../domain/video/life-cycle.ts';
import { removeState } from '../local/cloud/state.ts';
import { demoAccounts } from '../local/demo-accounts.ts';
import { awsEnvironment, home, type Instance, siteOf } from '../local/instance.ts';
import { readOutputs } from '../local/outputs.ts';
import { startSupervisor } from '../local/supervisor/client.ts';
import { readRunFile } from '../local/supervisor/run-file.ts';
import { mediaEnvironment } from '../local/tools.ts';
import { stepsUp } from '../local/up.ts';
import { dynamoClient } from '../platform/clients/dynamo.ts';
import { jobRecords } from '../platform/records/jobs.ts';
import { bareLadder } from './bare.ts';
import { cpuSeconds } from './measure.ts';
import { type BenchSource, benchSources, makeSource } from './sources.ts';
import { openViewer, type Viewer } from './viewer.ts';

/**
 * How long a file takes to become a stream, and what that costs against one bare ffmpeg on the same machine in the same
 * run. `--json` prints the figures for programs; `--only TEXT` measures the sources whose name holds the text.
 */

const instance: Instance = { name: 'bench', edgePort: 4720, cloudPort: 4721 };
const json = process.argv.includes('--json');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const say = (line: string) => process.stderr.write(`${line}\n`);

interface Row {
  readonly source: string;
  /** Of `playableMs`, until completion was answered: the store joins the parts meanwhile. */
  readonly completionMs: number;
  readonly playableMs: number;
  readonly readyMs: number;
  readonly cpuSeconds: number;
  readonly bareCpuSeconds: number;
  readonly cpuRatio: number;
  readonly bareWallSeconds: number;
  readonly wallRatio: number;
}

const head =
  '| source | completed | playable | ready | CPU, ours / bare | CPU ratio | wall, ours / bare | wall ratio |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n';
const line = (r: Row) =>
  `| ${r.source} | ${(r.completionMs / 1000).toFixed(2)} s | ${(r.playableMs / 1000).toFixed(2)} s | ${(r.readyMs / 1000).toFixed(1)} s | ${r.cpuSeconds.toFixed(1)} / ${r.bareCpuSeconds.toFixed(1)} s | ${r.cpuRatio.toFixed(2)} | ${(r.readyMs / 1000).toFixed(1)} / ${r.bareWallSeconds.toFixed(1)} s | ${r.wallRatio.toFixed(2)} |\n`;

type Client = ReturnType<typeof sluiceClient>;

/** Sends a file in parts, as any client does; answers when its last byte had arrived and completion was asked for. */
async function upload(
  client: Client,
  file: string,
): Promise<{ videoId: VideoId; complete: () => Promise<{ attempt: number }> }> {
  const sizeBytes = statSync(file).size;
  const session = await client.upload.createUpload({
    body: { fileName: 'source.mp4', contentType: 'video/mp4', sizeBytes },
  });
  const blob = await openAsBlob(file);
  const checksums: string[] = [];
  for (let number = 1; number <= session.partCount; number++) {
    const bytes = Buffer.from(
      await blob.slice((number - 1) * session.partSizeBytes, number * session.partSizeBytes).arrayBuffer(),
    );
    const checksum = createHash('sha256').update(bytes).digest('base64');
    const { parts } = await client.upload.signParts({
      params: { uploadId: session.uploadId },
      body: { parts: [{ number, checksum }] },
    });
    const [part] = parts;
    if (part === undefined) throw new Error('a part was not signed');
    const answer = await fetch(part.url, { method: 'PUT', headers: part.headers, body: bytes });
    if (!answer.ok) throw new Error(`part ${number}: ${answer.status} ${await answer.text()}`);
    checksums.push(checksum);
  }
  return {
    videoId: session.videoId,
    complete: () => client.upload.completeUpload({ params: { uploadId: session.uploadId }, body: { checksums } }),
  };
}

async function settled(client: Client, videoId: VideoId): Promise<number> {
  for (;;) {
    const video = await client.content.getVideo({ params: { videoId } });
    if (video.state === 'ready' && video.readyAt !== null) return video.readyAt;
    if (isSettled(video.state)) throw new Error(`${videoId} is ${video.state}: ${video.reason?.sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function measure(
  source: BenchSource,
  client: Client,
  viewer: Viewer,
  planOf: (videoId: VideoId, attempt: number) => Promise<Plan | undefined>,
): Promise<Row> {
  const { FFMPEG } = mediaEnvironment();
  say(`${source.name}: making the source`);
  const file = await makeSource(FFMPEG, join(home, 'bench-sources'), source);
  say(`${source.name}: uploading`);
  const { videoId, complete } = await upload(client, file);
  const { firstFrame } = await viewer.waitAt(videoId);
  const workerPid = readRunFile(instance)?.services.worker?.pid ?? 0;
  const cpuBefore = cpuSeconds(workerPid);
  const ended = Date.now();
  const { attempt } = await complete();
  const completedAt = Date.now();
  const playableAt = await firstFrame;
  say(`${source.name}: playable ${playableAt - ended} ms`);
  const readyAt = await settled(client, videoId);
  const cpu = cpuSeconds(workerPid) - cpuBefore;
  const plan = await planOf(videoId, attempt);
  if (plan === undefined) throw new Error('the run has no plan');
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
    bareCpuSeconds: bare.cpuSeconds,
    cpuRatio: cpu / bare.cpuSeconds,
    bareWallSeconds: bare.wallSeconds,
    wallRatio: (readyAt - ended) / 1000 / bare.wallSeconds,
  };
}

const supervisor = startSupervisor(instance, () => undefined);
process.once('SIGINT', () => void supervisor.stop().then(() => process.exit(130)));
try {
  removeState(instance);
  for (const step of stepsUp(instance, supervisor)) {
    const inner = 'together' in step ? step.together : [step];
    for (const { title, run } of inner.filter((s) => 'run' in s)) {
      say(title);
      await run(() => undefined);
    }
  }
  const demo = await demoAccounts(instance);
  const { accessToken } = await sluiceClient({ baseUrl: siteOf(instance) }).auth.login({
    body: { ...demo.creator, session: 'api' },
  });
  const client = sluiceClient({ baseUrl: siteOf(instance), headers: { authorization: `Bearer ${accessToken}` } });
  const viewer = await openViewer(process.env['CHROMIUM'] ?? '/usr/bin/chromium', siteOf(instance), demo.creator);
  Object.assign(process.env, awsEnvironment(instance));
  const jobs = jobRecords(dynamoClient(), readOutputs(instance).WorkerEnvironment['JOBS_TABLE'] ?? '');
  const machine = `${cpus().length} × ${cpus()[0]?.model}`;
  const rows: Row[] = [];
  if (!json) process.stdout.write(`${machine}\n\n${head}`);
  for (const source of benchSources.filter((s) => only === undefined || s.name.includes(only))) {
    const row = await measure(source, client, viewer, (videoId, attempt) => jobs.getPlan({ videoId, attempt }));
    rows.push(row);
    // One by one: a run takes half an hour.
    if (!json) process.stdout.write(line(row));
  }
  await viewer.close();
  if (json) process.stdout.write(`${JSON.stringify({ machine, rows }, null, 2)}\n`);
} finally {
  await supervisor.stop();
}
process.exit(0);
