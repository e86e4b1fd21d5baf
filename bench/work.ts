import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { type Plan, plan } from '../domain/media/plan.ts';
import { span } from '../domain/media/timeline.ts';
import { home } from '../local/instance.ts';
import { mediaEnvironment } from '../local/tools.ts';
import { files } from '../test/commands/files-as-store.ts';
import { encode } from '../worker/media/encode.ts';
import { probeSource } from '../worker/media/probe.ts';
import { openSource } from '../worker/media/source.ts';
import { type BenchSource, makeSource } from './sources.ts';

/**
 * What a job costs, taken apart: CPU seconds of the worker's own engine for each rung alone and for all of them, for short
 * and for longer chunks, of a light and of a heavy source. The coefficients of domain/capacity/coefficients.ts are these.
 */

const { FFMPEG, FFPROBE, PACKAGER } = mediaEnvironment();
const directory = join(home, 'bench-work');

/** Of so many runs the cheapest counts: what else happens on the machine only adds. */
const runs = 2;

/** In the middle of the source, where a chunk starts by a seek. */
const firstSegment = 4;

function emptied(): string {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  return directory;
}

interface Measured {
  readonly cpuSeconds: number;
  readonly bytes: number;
}

async function measured(
  file: string,
  what: { from: number; segments: number; of: (title: Plan) => Pick<Plan, 'rungs' | 'audio'> },
) {
  await using source = await openSource(files, 'files', file);
  const limits = { cwd: emptied(), signal: new AbortController().signal, urgency: 'bulk' } as const;
  const probe = await probeSource(FFPROBE, source, limits);
  const title = plan({ videoId: 'bench', attempt: 1 }, file, probe, { eagerLines: 1080 });
  const results: Measured[] = [];
  for (let i = 0; i < runs; i++) {
    const task = {
      plan: title,
      chunk: span(title, 0, what.from, what.from + what.segments - 1),
      ...what.of(title),
      url: source.url,
      threads: availableParallelism(),
    };
    emptied();
    const { cpuSeconds, tracks } = await encode(task, { ffmpeg: FFMPEG, packager: PACKAGER }, limits);
    const bytes = tracks.flatMap(({ segments }) => segments).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    results.push({ cpuSeconds, bytes });
  }
  return results.reduce((best, one) => (one.cpuSeconds < best.cpuSeconds ? one : best));
}

const light: BenchSource = { name: '60 s at 8 Mbit/s', seconds: 60, megabits: 8 };
const heavy: BenchSource = { name: '60 s at 30 Mbit/s', seconds: 60, megabits: 30 };
const whole = ({ rungs, audio }: Plan) => ({ rungs, audio });
const only = (name: string) => (title: Plan) => ({
  rungs: title.rungs.filter((rung) => rung.name === name),
  audio: [],
});

const cases = [
  {
    source: light,
    what: 'segment 1, 360p and audio',
    from: 1,
    segments: 1,
    of: ({ rungs, audio }: Plan) => ({ rungs: rungs.slice(0, 1), audio }),
  },
  ...['360p', '480p', '720p', '1080p'].map((name) => ({
    source: light,
    what: `3 segments, ${name} alone`,
    from: firstSegment,
    segments: 3,
    of: only(name),
  })),
  { source: light, what: '1 segment, all rungs and audio', from: firstSegment, segments: 1, of: whole },
  { source: light, what: '3 segments, all rungs and audio', from: firstSegment, segments: 3, of: whole },
  { source: light, what: '8 segments, all rungs and audio', from: firstSegment, segments: 8, of: whole },
  { source: heavy, what: '3 segments, all rungs and audio', from: firstSegment, segments: 3, of: whole },
];

process.stdout.write(`${cpus().length} × ${cpus()[0]?.model}\n\n`);
process.stdout.write(
  '| source | job | CPU | CPU a second of source | bytes a second |\n| --- | --- | --- | --- | --- |\n',
);
for (const { source, what, ...job } of cases) {
  const file = await makeSource(FFMPEG, join(home, 'bench-sources'), source);
  const { cpuSeconds, bytes } = await measured(file, job);
  const seconds = 4 * job.segments;
  process.stdout.write(
    `| ${source.name} | ${what} | ${cpuSeconds.toFixed(2)} s | ${(cpuSeconds / seconds).toFixed(3)} s | ${(bytes / seconds).toFixed(0)} |\n`,
  );
}
