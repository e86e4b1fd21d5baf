import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { holdsIndex } from '../../../domain/media/peek.ts';
import { plan } from '../../../domain/media/plan.ts';
import { span } from '../../../domain/media/timeline.ts';
import { encode } from '../../../worker/media/encode.ts';
import { ReadShort } from '../../../worker/media/loopback.ts';
import { probeSource } from '../../../worker/media/probe.ts';
import { type Hole, type PeekBytes, sparseSource } from '../../../worker/media/sparse-source.ts';
import { binary } from '../../commands/binaries.ts';
import { type ClipOptions, clip, ordinary } from '../../commands/clip.ts';

const small: ClipOptions = { ...ordinary, width: 320, height: 180, seconds: 12, gopFrames: 60 };

/** A file of which the first `head` and the last `tail` bytes are there; all of it, if they are not given. */
async function peekOf(options: ClipOptions, head?: number, tail = 0): Promise<PeekBytes> {
  const file = await readFile((await clip(options)).file);
  const [to, from] = [head ?? file.length, file.length - tail];
  return {
    sizeBytes: file.length,
    ranges: { head: { from: 0, to }, tail: { from, to: file.length } },
    head: file.subarray(0, to),
    tail: file.subarray(from),
  };
}

async function opened(bytes: PeekBytes, hole: Hole) {
  const source = await sparseSource(bytes, hole);
  onTestFinished(() => source[Symbol.asyncDispose]());
  return source;
}

async function limits() {
  const cwd = await mkdtemp(join(tmpdir(), 'sluice-sparse-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  return { cwd, signal: new AbortController().signal, urgency: 'express' as const };
}

const probed = async (bytes: PeekBytes, hole: Hole) =>
  probeSource(binary('FFPROBE'), await opened(bytes, hole), await limits());

async function firstSegment(bytes: PeekBytes) {
  const title = plan({ videoId: 'v', attempt: 1 }, 's', await probed(await peekOf(small), 'refused'), {
    eagerLines: 1080,
  });
  const task = {
    plan: title,
    chunk: span(title, 0, 1, 1),
    rungs: title.rungs.slice(0, 1),
    audio: title.audio,
    url: (await opened(bytes, 'refused')).url,
    threads: 1,
  };
  const { tracks } = await encode(task, { ffmpeg: binary('FFMPEG'), packager: binary('PACKAGER') }, await limits());
  const files = tracks.flatMap(({ init, segments }) => [init, ...segments.map(({ file }) => file)]);
  return Promise.all(
    files.map(async (file) =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ),
  );
}

describe('a file of which only head and tail are there', () => {
  it('is read where it is, and refused where it is not', async () => {
    const bytes = await peekOf(small, 5000, 3000);
    const source = await opened(bytes, 'refused');
    const { sizeBytes } = bytes;
    expect(await source.read(0, 5000)).toEqual(bytes.head);
    expect(await source.read(sizeBytes - 3000, sizeBytes + 10)).toEqual(bytes.tail);
    for (const [from, to] of [
      [4990, 5010],
      [6000, 6010],
      [sizeBytes - 3010, sizeBytes - 2990],
    ] as const)
      await expect(source.read(from, to)).rejects.toThrow(ReadShort);
  });

  it('tells by its index what the whole file tells', async () => {
    const whole = await peekOf(small);
    const bytes = await peekOf(small, 60_000, 40_000);
    const strict = await opened(bytes, 'refused');
    expect(await holdsIndex(bytes.sizeBytes, bytes.ranges, strict.read)).toBe(true);
    expect(await probed(bytes, 'zeros')).toEqual(await probed(whole, 'refused'));
  });

  it('gives the same first segment as the whole file, from the bytes that are there', async () => {
    const whole = await peekOf(small);
    const bytes = await peekOf(small, Math.floor(whole.sizeBytes * 0.6), 60_000);
    expect(await firstSegment(bytes)).toEqual(await firstSegment(whole));
  });

  it('gives no first segment if its end is missing: no frozen picture, no silence', async () => {
    const whole = await peekOf(small);
    const bytes = await peekOf(small, Math.floor(whole.sizeBytes * 0.28), 60_000);
    await expect(firstSegment(bytes)).rejects.toThrow(ReadShort);
  });

  it.each<[string, Partial<ClipOptions>]>([
    ['fragments', { fragmented: true }],
    ['an MPEG transport stream', { container: 'ts' }],
    ['Matroska', { container: 'mkv' }],
  ])('tells nothing, rather than something else than the whole file, of %s', async (_, options) => {
    const bytes = await peekOf({ ...small, ...options }, 20_000, 2000);
    const strict = await opened(bytes, 'refused');
    expect(await holdsIndex(bytes.sizeBytes, bytes.ranges, strict.read)).toBe(false);
    await expect(probed(bytes, 'refused')).rejects.toThrow(ReadShort);
  });
});
