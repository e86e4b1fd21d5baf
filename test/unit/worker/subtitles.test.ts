import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plan } from '../../../domain/media/plan.ts';
import { probeSource } from '../../../worker/media/probe.ts';
import { openSource } from '../../../worker/media/source.ts';
import { readSubtitles } from '../../../worker/media/subtitles.ts';
import { binary } from '../../commands/binaries.ts';
import { clip, ordinary } from '../../commands/clip.ts';
import { files } from '../../commands/files-as-store.ts';
import { srtCue, subtitled } from '../../commands/subtitled-clip.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'subtitles-'));
});
afterAll(() => rm(cwd, { recursive: true }));

it('a track of more text than is read fills no disk, and the other one is read', async () => {
  const source = await clip({ ...ordinary, width: 160, height: 90, seconds: 2 });
  const long = Array.from({ length: 25 }, (_, i) => srtCue(0, 1, `${i} ${'x'.repeat(50_000)}`));
  const bytes = await subtitled(source, {
    container: 'mkv',
    tracks: [
      { codec: 'subrip', language: 'spa', text: srtCue(0, 1, '¡Hola!') },
      { codec: 'subrip', language: 'eng', text: long.join('') },
    ],
  });
  const file = join(cwd, 'long.mkv');
  await writeFile(file, bytes);
  await using open = await openSource(files, 'files', file);
  const limits = { cwd, signal: new AbortController().signal, urgency: 'bulk' } as const;
  const probe = await probeSource(binary('FFPROBE'), open, limits);
  const title = plan({ videoId: 'long', attempt: 1 }, file, probe, { eagerLines: 1080 });
  const { tracks } = await readSubtitles(binary('FFMPEG'), title, open, limits);
  expect(tracks[0]?.cues).toMatchObject([{ text: '¡Hola!' }]);
  expect(tracks[1]?.cues).toMatchObject({ code: 'too-large' });
  expect((await stat(join(cwd, 'embedded-2.vtt'))).size).toBeLessThan(1_200_000);
});
