import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plan } from '../../../domain/media/plan.ts';
import { span } from '../../../domain/media/timeline.ts';
import { encode } from '../../../worker/media/encode.ts';
import { loopback, type OpenSource, ReadShort } from '../../../worker/media/loopback.ts';
import { probeSource } from '../../../worker/media/probe.ts';
import { binary } from '../../commands/binaries.ts';
import { type ClipOptions, clip, ordinary } from '../../commands/clip.ts';

const small: ClipOptions = { ...ordinary, width: 320, height: 180, seconds: 8, gopFrames: 60 };

/** A source whose store fails from its read number `failsAt` on, counted from 0, of `readBytes` each. */
async function failing(options: ClipOptions, failsAt = Number.POSITIVE_INFINITY, readBytes = 64 * 1024) {
  const bytes = await readFile((await clip(options)).file);
  let reads = 0;
  const { url, close } = await loopback(bytes.length, async (at, to) => {
    if (reads++ >= failsAt) throw new Error('the store does not answer');
    return bytes.subarray(at, Math.min(to, at + readBytes));
  });
  onTestFinished(close);
  const source: OpenSource = {
    url,
    sizeBytes: bytes.length,
    read: async (from, to) => bytes.subarray(from, to),
    [Symbol.asyncDispose]: async () => {},
  };
  return { source, reads: () => reads };
}

async function limits() {
  const cwd = await mkdtemp(join(tmpdir(), 'sluice-reads-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  return { cwd, signal: new AbortController().signal, urgency: 'express' as const };
}

const probed = async (source: OpenSource) => probeSource(binary('FFPROBE'), source, await limits());

async function encoded(source: OpenSource, probe: Awaited<ReturnType<typeof probed>>) {
  const title = plan({ videoId: 'v', attempt: 1 }, 's', probe, { eagerLines: 1080 });
  const chunk = span(title, 0, 2, 2);
  const task = { plan: title, chunk, rungs: title.rungs, audio: title.audio, url: source.url, threads: 1 };
  return encode(task, { ffmpeg: binary('FFMPEG'), packager: binary('PACKAGER') }, await limits());
}

/** A store that fails is no word about the file: what was made of the rest is thrown away, and nothing is held against it. */
describe('a store that fails', () => {
  it.each([0, 1, 2])('at read %d of a probe is a fault, and no verdict', async (failsAt) => {
    await expect(probed((await failing(small, failsAt)).source)).rejects.toThrow(ReadShort);
  });

  it('at any read of an encode is a fault, and no verdict', async () => {
    const whole = await failing(small);
    const probe = await probed(whole.source);
    const before = whole.reads();
    await encoded(whole.source, probe);
    const needed = whole.reads() - before;
    for (const failsAt of new Set([0, 1, Math.floor(needed / 2), needed - 1])) {
      const { source } = await failing(small, failsAt);
      const outcome = await encoded(source, probe).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ReadShort);
    }
  });
});
