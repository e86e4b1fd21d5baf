import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../domain/media/plan.ts';
import { type Cost, childCpuSeconds, run } from './measure.ts';

/**
 * The peer: one bare ffmpeg that reads the local file once and writes the same ladder with the same encoder settings as
 * HLS with fMP4 segments of the same length. It does nothing else: no queue, no store, no second reader.
 */
export async function bareLadder(ffmpeg: string, file: string, plan: Plan, directory: string): Promise<Cost> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  return encodeHls(ffmpeg, file, plan, directory, plan.rungs, plan.audio.slice(0, 1));
}

/** The other way that people do it: one ffmpeg a rung, each reading the source for itself, all at once. */
export async function bareRungs(ffmpeg: string, file: string, plan: Plan, directory: string): Promise<Cost> {
  const before = childCpuSeconds(process.pid);
  const started = performance.now();
  await Promise.all(
    plan.rungs.map((rung, i) =>
      encodeHls(ffmpeg, file, plan, directory, [rung], i === 0 ? plan.audio.slice(0, 1) : []),
    ),
  );
  return { wallSeconds: (performance.now() - started) / 1000, cpuSeconds: childCpuSeconds(process.pid) - before };
}

function encodeHls(
  ffmpeg: string,
  file: string,
  plan: Plan,
  directory: string,
  rungs: Plan['rungs'],
  audio: Plan['audio'],
): Promise<Cost> {
  const rate = `${plan.rate.num}/${plan.rate.den}`;
  const split = rungs.map((r) => `[s${r.name}]`).join('');
  const scaled = rungs.map((r) => `[s${r.name}]scale=${r.width}:${r.height},setsar=1[v${r.name}]`);
  const hls = (name: string) => [
    ...[
      '-f',
      'hls',
      '-hls_time',
      String((plan.framesPerSegment * plan.rate.den) / plan.rate.num),
      '-hls_playlist_type',
      'vod',
    ],
    ...['-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', `${name}-init.mp4`],
    ...['-hls_segment_filename', join(directory, `${name}-%d.m4s`), join(directory, `${name}.m3u8`)],
  ];
  return run(ffmpeg, [
    ...['-nostdin', '-v', 'error', '-y', '-i', file],
    ...['-filter_complex', [`[0:v:0]fps=${rate},format=yuv420p,split=${rungs.length}${split}`, ...scaled].join(';')],
    ...rungs.flatMap((r) => [
      ...['-map', `[v${r.name}]`, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23'],
      ...[
        '-maxrate',
        String(r.maxrateBps),
        '-bufsize',
        String(r.maxrateBps),
        '-rc_init_occupancy',
        String(r.maxrateBps / 2),
      ],
      ...['-profile:v', 'high', '-level', r.level, '-g', String(plan.framesPerSegment)],
      ...['-keyint_min', String(plan.framesPerSegment), '-sc_threshold', '0', '-flags', '+cgop'],
      ...hls(r.name),
    ]),
    ...audio.flatMap((a) => [
      ...['-map', '0:a:0', '-c:a', 'aac', '-b:a', String(a.bitrateBps), '-ac', String(a.channels)],
      ...hls(a.name),
    ]),
  ]);
}
