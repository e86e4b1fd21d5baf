import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Rejection } from '../../../worker/failures.ts';
import { runChild } from '../../../worker/media/child.ts';
import { decoders } from '../../../worker/media/decoders.ts';
import { loopback } from '../../../worker/media/loopback.ts';
import { probeSource } from '../../../worker/media/probe.ts';
import { openSource } from '../../../worker/media/source.ts';
import { binary, ffmpeg, run } from '../../commands/binaries.ts';
import { clip, ordinary } from '../../commands/clip.ts';
import { saidToBeDolbyVision } from '../../commands/dolby-vision.ts';
import { files } from '../../commands/files-as-store.ts';
import { processesIn } from '../../commands/processes-in.ts';

/** An ffprobe that knows a stream, never comes to the end of the first packets, and finds the last ones broken. */
const halfBroken = `#!/bin/sh
case "$*" in
  *-show_streams*) echo '{"streams":[{"index":0,"codec_type":"video","codec_name":"h264","width":64,"height":64}],"format":{"duration":"10"}}' ;;
  *%+#*) exec sleep 600 ;;
  *) sleep 0.2; echo 'broken' >&2; exit 1 ;;
esac
`;

it('of two looks at a file, one that fails ends the other: no process is left, and nobody waits for it', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'probe-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const ffprobe = join(cwd, 'ffprobe');
  await writeFile(ffprobe, halfBroken);
  await chmod(ffprobe, 0o700);
  const bytes = Buffer.alloc(100, 'x');
  const { url, close } = await loopback(bytes.length, async (from, to) => bytes.subarray(from, to));
  onTestFinished(close);
  const source = {
    url,
    sizeBytes: bytes.length,
    read: async (from: number, to: number) => bytes.subarray(from, to),
    [Symbol.asyncDispose]: async () => {},
  };
  const limits = { cwd, signal: new AbortController().signal, urgency: 'express' } as const;
  const probing = probeSource(ffprobe, source, limits);
  await expect(probing).rejects.toMatchObject({ reason: { code: 'not-media', detail: 'broken\n' } });
  expect(processesIn(cwd)).toEqual([]);
});

it('of an output without end the last lines are kept, whole', async () => {
  const limits = {
    cwd: tmpdir(),
    signal: new AbortController().signal,
    urgency: 'express',
    timeoutSeconds: 20,
  } as const;
  const { stdout } = await runChild('/usr/bin/seq', ['12000000'], { ...limits, stdout: 'tail' });
  const lines = stdout.trimEnd().split('\n').map(Number);
  expect(lines.at(-1)).toBe(12_000_000);
  expect(lines).toEqual(lines.map((_, i) => 12_000_001 - lines.length + i));
  // Kept whole, 100 MB are too much.
  await expect(runChild('/usr/bin/seq', ['12000000'], limits)).rejects.toThrow(/ended by SIGKILL/);
});

it.each([
  [5, 0, 'dolby-vision-only'],
  [8, 4, undefined],
])(
  'of a file that says it is Dolby Vision of profile %i, compatibility %i, it says %s',
  async (profile, compatibility, code) => {
    const cwd = await mkdtemp(join(tmpdir(), 'probe-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    const { file } = await clip({ ...ordinary, width: 160, height: 90, seconds: 2, sound: null });
    const said = join(cwd, 'said.mp4');
    await writeFile(said, saidToBeDolbyVision(await readFile(file), profile, compatibility));
    await using source = await openSource(files, 'files', said);
    const limits = { cwd, signal: new AbortController().signal, urgency: 'express' } as const;
    const verdict = probeSource(binary('FFPROBE'), source, limits).then(
      () => undefined,
      (error) => (error as Rejection).reason.code,
    );
    expect(await verdict).toBe(code);
  },
);

describe('decoders', () => {
  it('of a file are those of a list: one of the nineties is told by its name', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'probe-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    const file = join(cwd, 'game.avi');
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1', '-c:v', 'asv1', file]);
    await using source = await openSource(files, 'files', file);
    const limits = { cwd, signal: new AbortController().signal, urgency: 'express' } as const;
    await expect(probeSource(binary('FFPROBE'), source, limits)).rejects.toMatchObject({
      reason: { code: 'unsupported-codec', detail: 'asv1 is not decoded' },
    });
  });

  it('of the list are there, in one of the programs or in both', async () => {
    const known = await Promise.all(
      (['FFMPEG', 'FFPROBE'] as const).map((name) => run(name, ['-hide_banner', '-decoders'])),
    );
    const names = new Set(
      known.flatMap(({ stdout }) =>
        [...stdout.toString().matchAll(/^ [VAS][A-Z.]{5} (\S+)/gm)].map(([, name]) => name),
      ),
    );
    expect(decoders.filter((name) => !names.has(name))).toEqual([]);
  });
});
