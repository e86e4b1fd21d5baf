import { mkdirSync, rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Plan, plan } from '../domain/media/plan.ts';
import { chunks } from '../domain/media/timeline.ts';
import { home } from '../local/instance.ts';
import { mediaEnvironment } from '../local/tools.ts';
import { files } from '../test/commands/files-as-store.ts';
import { encode } from '../worker/media/encode.ts';
import { chunkThreads } from '../worker/media/encoder-threads.ts';
import { probeSource } from '../worker/media/probe.ts';
import { openSource } from '../worker/media/source.ts';
import { bareLadder, bareRungs } from './bare.ts';
import { type Cost, childCpuSeconds } from './measure.ts';
import { compare, type Quality } from './quality.ts';
import { benchSources, makeSource } from './sources.ts';

/**
 * The engine alone, without cloud and queues: the chunks of a title, two at a time as a worker with two cores does them,
 * against one bare ffmpeg and against one ffmpeg a rung, all at once. Then how near each is to the source. `--only TEXT`
 * measures the sources whose name holds the text.
 */

const { FFMPEG, FFPROBE, PACKAGER } = mediaEnvironment();
const directory = join(home, 'bench-engine');
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Chunks at a time. */
const slots = 2;

async function planOf(file: string): Promise<Plan> {
  await using source = await openSource(files, 'files', file);
  const cwd = emptied('probe');
  const probe = await probeSource(FFPROBE, source, { cwd, signal: new AbortController().signal, urgency: 'bulk' });
  return plan({ videoId: 'bench', attempt: 1 }, file, probe, { eagerLines: 4320 });
}

function emptied(name: string): string {
  const path = join(directory, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

/** All chunks by the worker's own engine; the packaged segments stay in `chunks/{index}`. */
async function chunked(title: Plan, file: string): Promise<Cost> {
  await using source = await openSource(files, 'files', file);
  const cpuBefore = childCpuSeconds(process.pid);
  const started = performance.now();
  const waiting = chunks(title).values();
  const slot = async () => {
    for (const chunk of waiting) {
      const limits = {
        cwd: emptied(join('chunks', String(chunk.index))),
        signal: new AbortController().signal,
        urgency: 'bulk',
      } as const;
      const task = { plan: title, chunk, rungs: title.rungs, audio: title.audio, url: source.url };
      const threads = chunkThreads({ chunksOfTitle: chunks(title).length, bulkSlots: slots });
      await encode({ ...task, threads }, { ffmpeg: FFMPEG, packager: PACKAGER }, limits);
    }
  };
  await Promise.all(Array.from({ length: slots }, slot));
  return {
    wallSeconds: (performance.now() - started) / 1000,
    cpuSeconds: childCpuSeconds(process.pid) - cpuBefore,
  };
}

/** A rung of the chunks as one file. */
async function joined(title: Plan, rung: string): Promise<string> {
  const parts = await Promise.all(
    chunks(title).map(async ({ index }) => {
      const folder = join(directory, 'chunks', String(index), rung);
      const names = (await readdir(folder)).filter((name) => name.endsWith('.m4s'));
      const inOrder = names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
      const init = index === 0 ? [await readFile(join(folder, 'init.mp4'))] : [];
      return Buffer.concat([...init, ...(await Promise.all(inOrder.map((name) => readFile(join(folder, name)))))]);
    }),
  );
  const file = join(directory, `${rung}.mp4`);
  await writeFile(file, Buffer.concat(parts));
  return file;
}

const row = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const ratio = (ours: number, theirs: number) => (ours / theirs).toFixed(2);
const db = (value: number | undefined) => (value === undefined ? '—' : `${value.toFixed(2)} dB`);

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const sources = benchSources.filter(({ seconds, name }) => seconds === 60 && name.includes(only ?? ''));

process.stdout.write(`${cpus().length} × ${cpus()[0]?.model}\n\n`);
row(['source', 'who', 'CPU', 'wall', 'ours / theirs, CPU', 'ours / theirs, wall']);
row(['---', '---', '---', '---', '---', '---']);
for (const one of sources) {
  say(`${one.name}: making the source`);
  const file = await makeSource(FFMPEG, join(home, 'bench-sources'), one);
  const title = await planOf(file);
  say(`${one.name}: chunks`);
  const ours = await chunked(title, file);
  say(`${one.name}: one bare ffmpeg`);
  const bare = await bareLadder(FFMPEG, file, title, emptied('bare'));
  say(`${one.name}: one ffmpeg a rung`);
  const each = await bareRungs(FFMPEG, file, title, emptied('rungs'));
  const costs = (who: string, cost: Cost) =>
    row([
      one.name,
      who,
      `${cost.cpuSeconds.toFixed(1)} s`,
      `${cost.wallSeconds.toFixed(1)} s`,
      ...(cost === ours
        ? ['', '']
        : [ratio(ours.cpuSeconds, cost.cpuSeconds), ratio(ours.wallSeconds, cost.wallSeconds)]),
    ]);
  costs('chunks', ours);
  costs('one bare ffmpeg', bare);
  costs('one ffmpeg a rung', each);
  if (one === sources[0]) await qualities(one.name, title, file);
}

/** Of every rung, chunked and bare. */
async function qualities(name: string, title: Plan, file: string): Promise<void> {
  const seams = chunks(title)
    .slice(1)
    .map((chunk) => chunk.firstFrame);
  const head = ['rung', 'who', 'PSNR', 'SSIM', 'worst segment', 'worst seam', 'VMAF'];
  const lines: string[][] = [head, head.map(() => '---')];
  for (const rung of title.rungs) {
    say(`${name}: quality of ${rung.name}`);
    const what = {
      source: file,
      size: rung,
      rate: `${title.rate.num}/${title.rate.den}`,
      framesPerSegment: title.framesPerSegment,
      seams,
      withVmaf: rung === title.rungs.at(-1),
    };
    const line = (who: string, q: Quality) => [
      rung.name,
      who,
      db(q.psnr),
      q.ssim.toFixed(4),
      db(q.worstSegmentPsnr),
      db(q.worstSeamPsnr),
      q.vmaf?.toFixed(2) ?? '—',
    ];
    const ours = await compare(FFMPEG, directory, { ...what, encoded: await joined(title, rung.name) });
    const bare = await compare(FFMPEG, directory, { ...what, encoded: join(directory, 'bare', `${rung.name}.m3u8`) });
    lines.push(line('chunks', ours), line('bare', bare));
  }
  process.stdout.write('\n');
  for (const cells of lines) row(cells);
  process.stdout.write('\n');
}
