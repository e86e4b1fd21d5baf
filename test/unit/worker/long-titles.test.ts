import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { child } from '../../../domain/media/child-box.ts';
import { audioSampleRate, plan, samplesPerAudioFrame } from '../../../domain/media/plan.ts';
import { audioSegmentSamples, segmentTicks, span } from '../../../domain/media/timeline.ts';
import { packageArguments } from '../../../worker/media/arguments.ts';
import { encode } from '../../../worker/media/encode.ts';
import { probeSource } from '../../../worker/media/probe.ts';
import { openSource } from '../../../worker/media/source.ts';
import { binary } from '../../commands/binaries.ts';
import { clip, ordinary } from '../../commands/clip.ts';
import { files } from '../../commands/files-as-store.ts';
import { anyPlan } from '../domain/media/arbitrary.ts';

it('the packager, which cuts off what is not a whole tick, counts segments as the plan does', () => {
  fc.assert(
    fc.property(anyPlan, (title) => {
      const task = { plan: title, chunk: span(title, 0, 1, 1), rungs: [], audio: [], url: '', threads: 1 };
      const args = packageArguments(task);
      const seconds = Number(args[args.indexOf('--segment_duration') + 1]);
      const whole = segmentTicks({ ...title, totalFrames: title.framesPerSegment }, 1);
      expect(Math.trunc(seconds * title.timescale)).toBe(whole);
      expect(Math.trunc(seconds * audioSampleRate) * title.timescale).toBe(whole * audioSampleRate);
    }),
  );
});

/** AAC frames of a segment of our own: samples of its one run (ISO/IEC 14496-12 section 8.8.8). */
async function framesIn(file: string): Promise<number> {
  const bytes = await readFile(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const moof = child(view, 0, view.byteLength, 'moof');
  const traf = child(view, moof.body, moof.end, 'traf');
  return view.getUint32(child(view, traf.body, traf.end, 'trun').body + 4);
}

it('four minutes into a title of 29.97 frames a second, sound is still cut where the manifests say', async () => {
  const rate = { num: 30_000, den: 1_001 };
  // 69 segments of 4.004 s.
  const source = await clip({ ...ordinary, rate, seconds: 276.276, repeat: 69, width: 160, height: 90, gopFrames: 30 });
  const cwd = await mkdtemp(join(tmpdir(), 'sluice-long-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const limits = { cwd, signal: new AbortController().signal, urgency: 'express' } as const;
  await using opened = await openSource(files, 'files', source.file);
  const probe = await probeSource(binary('FFPROBE'), opened, limits);
  const title = plan({ videoId: 'v', attempt: 1 }, source.file, probe, { eagerLines: 1080 });
  const chunk = span(title, 0, 66, 67);
  const task = { plan: title, chunk, rungs: title.rungs, audio: title.audio, url: opened.url, threads: 1 };
  const { tracks } = await encode(task, { ffmpeg: binary('FFMPEG'), packager: binary('PACKAGER') }, limits);
  const segments = tracks.find(({ track }) => track === 'audio-1')?.segments ?? [];
  expect(await Promise.all(segments.map(({ file }) => framesIn(file)))).toEqual(
    [66, 67].map((number) => audioSegmentSamples(title, number) / samplesPerAudioFrame),
  );
});
