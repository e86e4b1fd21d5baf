import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cue, fitted } from '../../domain/media/captions/cues.ts';
import { CaptionFault, captionLimits, decodeCaptions, parseCaptions } from '../../domain/media/captions/parse.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { titleSeconds } from '../../domain/media/timeline.ts';
import { inputGuards } from './arguments.ts';
import { benchmarkedCpuSeconds, ChildFailure, type ChildLimits, runChild } from './child.ts';
import { assertReadWhole, type OpenSource } from './loopback.ts';

/**
 * 5 MB/s are slow, and an hour of wall clock moves terabytes. What takes longer was made to have the same bytes read again and
 * again.
 */
const timeoutFor = (sizeBytes: number) => Math.min(3600, 120 + sizeBytes / 5e6);
/** Text is nothing beside a picture: a file that makes its decoder want more is made to. */
const memoryBytes = 2 * 1024 ** 3;

export interface FoundText {
  /** By name of the track; or why there are none. */
  readonly tracks: readonly { readonly name: string; readonly cues: readonly Cue[] | CaptionFault }[];
  readonly cpuSeconds: number;
}

/**
 * The cues of a source's text tracks, on the timeline of the title. They lie between the picture all over the file, so it is
 * read once, as a whole.
 * @throws ReadShort if the source could not be read; ChildFailure if ffmpeg makes nothing of it.
 */
export async function readSubtitles(
  ffmpeg: string,
  plan: Plan,
  source: OpenSource,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<FoundText> {
  const { stderr } = await runChild(ffmpeg, subtitleArguments(plan, source.url), {
    ...limits,
    timeoutSeconds: timeoutFor(source.sizeBytes),
    memoryBytes,
  }).catch((error: unknown) => {
    if (error instanceof ChildFailure) assertReadWhole(error.stderr);
    throw error;
  });
  assertReadWhole(stderr);
  const tracks = [];
  for (const { name } of plan.subtitles) {
    tracks.push({ name, cues: await cuesOf(join(limits.cwd, `${name}.vtt`), plan) });
  }
  return { tracks, cpuSeconds: benchmarkedCpuSeconds(stderr) };
}

/** Times stay those of the file's own timeline, which begins at zero as it does for picture and sound. */
function subtitleArguments({ subtitles, video }: Plan, url: string): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-nostats', '-benchmark', '-y'],
    ...['-copyts', '-start_at_zero', ...inputGuards('http', video.streamIndex), '-vn', '-an', '-dn', '-i', url],
    ...subtitles.flatMap(({ name, streamIndex }) => [
      ...['-map', `0:${streamIndex}`, '-c:s', 'webvtt', '-map_metadata', '-1'],
      // One byte more is refused. A table that names one cue a million times makes gigabytes of a small file; others go on.
      ...['-fs', String(captionLimits.bytes + 1), '-avoid_negative_ts', 'disabled', '-f', 'webvtt', `${name}.vtt`],
    ]),
  ];
}

async function cuesOf(file: string, plan: Plan): Promise<readonly Cue[] | CaptionFault> {
  // No packet, no file.
  if (!existsSync(file)) return new CaptionFault('empty', 'The track has no cues.');
  const text = decodeCaptions(await readFile(file));
  const cues = text instanceof CaptionFault ? text : parseCaptions(text);
  if (cues instanceof CaptionFault) return cues;
  const ofTitle = fitted(cues, {
    offsetMs: Math.round(plan.video.offsetSeconds * 1000),
    durationMs: Math.round(titleSeconds(plan) * 1000),
  });
  return ofTitle.length > 0 ? ofTitle : new CaptionFault('empty', 'The track has no cues within the title.');
}
