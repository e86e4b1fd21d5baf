import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Measured, manifests } from '../../domain/media/manifests.ts';
import { dashManifestKey, hlsMasterKey, initKey, segmentKey } from '../../domain/media/paths.ts';
import { type Plan, plan } from '../../domain/media/plan.ts';
import { chunks, span } from '../../domain/media/timeline.ts';
import { encode } from '../../worker/media/encode.ts';
import { probeSource } from '../../worker/media/probe.ts';
import { needsRemux, remux } from '../../worker/media/remux.ts';
import { openSource } from '../../worker/media/source.ts';
import { binary } from './binaries.ts';
import { files } from './files-as-store.ts';
import type { Stream } from './stream-check.ts';

/** A title made by the worker's own engine, without queues and cloud, in a folder laid out like the media bucket. */
export interface MadeStream extends Stream {
  readonly plan: Plan;
  readonly directory: string;
}

const run = { videoId: 'made', attempt: 1 };

/** Makes a title of a file: segment 1 first, as a head, then chunk by chunk; the first encode of a segment stays. */
export async function makeStream(file: string, directory: string): Promise<MadeStream> {
  const signal = new AbortController().signal;
  const scratch = async (name: string) => {
    const cwd = join(directory, 'scratch', name);
    await mkdir(cwd, { recursive: true });
    return { cwd, signal, urgency: 'bulk' } as const;
  };
  const probeIn = async (path: string) => {
    await using source = await openSource(files, 'files', path);
    const probe = await probeSource(binary('FFPROBE'), source, await scratch('probe'));
    return {
      probe,
      remuxed: needsRemux(probe.container)
        ? await remux(binary('FFMPEG'), source, probe, await scratch('remux'))
        : undefined,
    };
  };
  const first = await probeIn(file);
  const path = first.remuxed ?? file;
  const title = plan(run, path, first.remuxed ? (await probeIn(first.remuxed)).probe : first.probe, {
    eagerLines: 4320,
  });
  await using source = await openSource(files, 'files', path);
  const measured: Record<string, number[]> = {};
  const head = { chunk: span(title, 0, 1, 1), rungs: title.rungs.slice(0, 1) };
  for (const part of [head, ...chunks(title).map((chunk) => ({ chunk, rungs: title.rungs }))]) {
    const limits = await scratch(`${part.rungs.length}-${part.chunk.index}`);
    const task = { plan: title, ...part, audio: title.audio, url: source.url, threads: 2 };
    const { tracks } = await encode(task, { ffmpeg: binary('FFMPEG'), packager: binary('PACKAGER') }, limits);
    for (const { track, init, segments } of tracks) {
      await moveOnce(init, join(directory, initKey(run.videoId, run.attempt, track)));
      const sizes = measured[track] ?? [];
      measured[track] = sizes;
      for (const segment of segments) {
        const moved = await moveOnce(
          segment.file,
          join(directory, segmentKey(run.videoId, run.attempt, track, segment.number)),
        );
        if (moved) sizes[segment.number - 1] = segment.sizeBytes;
      }
    }
  }
  await writeManifests(directory, title, measured);
  await rm(join(directory, 'scratch'), { recursive: true });
  return {
    plan: title,
    directory,
    read: (at) => readFile(join(directory, at)),
    hls: `/${hlsMasterKey(run.videoId, run.attempt)}`,
    dash: `/${dashManifestKey(run.videoId, run.attempt)}`,
  };
}

async function moveOnce(from: string, to: string): Promise<boolean> {
  if (await stat(to).catch(() => undefined)) return false;
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  return true;
}

async function writeManifests(directory: string, title: Plan, measured: Measured): Promise<void> {
  for (const { key, body } of manifests(title, { measured })) await writeFile(join(directory, key), body);
}
