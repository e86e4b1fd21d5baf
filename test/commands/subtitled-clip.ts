import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpeg } from './binaries.ts';
import type { Clip } from './clip.ts';

/** A text track to be put into a file. */
export interface TextTrack {
  readonly codec: 'subrip' | 'ass' | 'mov_text';
  /** ISO 639-2. */
  readonly language: string;
  readonly title?: string;
  readonly disposition?: 'forced' | 'hearing_impaired';
  /** SubRip. */
  readonly text: string;
}

export interface SubtitledOptions {
  readonly container: 'mkv' | 'mp4';
  readonly tracks: readonly TextTrack[];
  /** All timestamps are this much later. */
  readonly startSeconds?: number;
}

/** One cue of SubRip, from and to in whole seconds below a minute. */
export const srtCue = (from: number, to: number, text: string): string =>
  `1\n00:00:${String(from).padStart(2, '0')},000 --> 00:00:${String(to).padStart(2, '0')},000\n${text}\n\n`;

/** A clip with text tracks beside picture and sound: the bytes of the file. */
export async function subtitled(
  clip: Clip,
  { container, tracks, startSeconds = 0 }: SubtitledOptions,
): Promise<Buffer> {
  const scratch = await mkdtemp(join(tmpdir(), 'subtitled-'));
  try {
    for (const [i, { text }] of tracks.entries()) await writeFile(join(scratch, `${i}.srt`), text);
    const inputs = tracks.flatMap((_, i) => ['-i', `${i}.srt`]);
    const outputs = tracks.flatMap(({ codec, language, title, disposition }, i) => [
      ...['-map', `${i + 1}:0`, `-c:s:${i}`, codec, `-metadata:s:s:${i}`, `language=${language}`],
      ...(title === undefined ? [] : [`-metadata:s:s:${i}`, `title=${title}`]),
      ...(disposition === undefined ? [] : [`-disposition:s:${i}`, disposition]),
    ]);
    const file = `subtitled.${container}`;
    const copied = ['-map', '0:v', '-map', '0:a', '-c:v', 'copy', '-c:a', 'copy'];
    await ffmpeg(
      ['-i', clip.file, ...inputs, ...copied, ...outputs, '-output_ts_offset', String(startSeconds), file],
      scratch,
    );
    return await readFile(join(scratch, file));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
