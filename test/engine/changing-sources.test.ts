import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg } from '../commands/binaries.ts';
import { beep, beepTimes, soundSource, tone } from '../commands/clip-sound.ts';
import { burstTimes, sineAt } from '../commands/demodulate.ts';
import { fetchTrack } from '../commands/fetched-track.ts';
import { readHls } from '../commands/hls-listing.ts';
import { type MadeStream, makeStream } from '../commands/made-stream.ts';
import { decodedSound } from '../commands/tone.ts';

/** Transport streams, joined byte by byte, and copies of them, of which the second part is something else than the first. */

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'changing-'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** The change falls into the first of two chunks: the second knows nothing else. Seconds. */
const changesAt = 6;
const ends = 13;

/** `part` gives what is encoded, from which second, for how many. */
async function joined(
  name: string,
  container: 'ts' | 'mkv',
  part: (index: 0 | 1, seconds: number) => readonly string[],
): Promise<MadeStream> {
  const file = join(scratch, `${name}.ts`);
  await writeFile(file, '');
  for (const [index, from, to] of [
    [0, 0, changesAt],
    [1, changesAt, ends],
  ] as const) {
    const one = join(scratch, 'part.ts');
    const picture = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '8', '-bf', '0', '-g', '25'];
    await ffmpeg([...part(index, to - from), ...picture, '-output_ts_offset', String(from), one]);
    await appendFile(file, await readFile(one));
  }
  const copy = join(scratch, `${name}.${container}`);
  if (container !== 'ts') await ffmpeg(['-i', file, '-c', 'copy', copy]);
  return makeStream(copy, join(scratch, name));
}

/** The bytes of the one rung, or of the sound. */
async function track({ read, hls }: MadeStream, kind: 'video' | 'audio'): Promise<string> {
  const listed = (await readHls(read, hls)).tracks.find((t) => t.kind === kind) ?? expect.fail(`no ${kind}`);
  const file = join(scratch, 'track.mp4');
  await writeFile(file, (await fetchTrack(read, listed)).bytes);
  return file;
}

describe('a source whose colors change on its way', () => {
  const patches = [
    [200, 40, 40],
    [40, 180, 60],
    [40, 60, 200],
    [190, 150, 120],
    [128, 128, 128],
  ] as const;
  /** The same picture by this matrix, in this range, said to be so. */
  const as = (matrix: 'bt709' | 'smpte170m', range: 'tv' | 'pc') =>
    `scale=out_color_matrix=${matrix}:out_range=${range},format=yuv420p,` +
    `setparams=range=${range}:colorspace=${matrix}:color_primaries=bt709:color_trc=bt709`;
  const usual = as('bt709', 'tv');

  it.each([
    ['to full range', usual, as('bt709', 'pc')],
    ['to BT.601', usual, as('smpte170m', 'tv')],
  ])('%s shows the same ones before and after', async (name, ...kinds) => {
    const stream = await joined(name, 'ts', (index, seconds) => {
      const inputs = patches.flatMap(([r, g, b]) => {
        const color = `0x${[r, g, b].map((c) => c.toString(16).padStart(2, '0')).join('')}`;
        return ['-f', 'lavfi', '-i', `color=${color}:s=64x180:r=25:d=${seconds},format=gbrp`];
      });
      const row = `${patches.map((_, i) => `[${i}:v]`).join('')}hstack=inputs=${patches.length}`;
      return [...inputs, '-filter_complex', `${row},${kinds[index]}[v]`, '-map', '[v]'];
    });
    expect(stream.plan.totalFrames).toBe(ends * 25);
    // One sample of each patch; a frame a second, in BT.709 as its tags say.
    const decode = `fps=1,scale=${patches.length}:1:flags=neighbor:in_color_matrix=bt709:in_range=tv,format=rgb24`;
    const { stdout } = await ffmpeg([
      ...['-i', await track(stream, 'video'), '-vf', decode, '-f', 'rawvideo', 'pipe:1'],
    ]);
    const frameBytes = 3 * patches.length;
    expect(stdout.length).toBeGreaterThanOrEqual(frameBytes * (ends - 1));
    for (const [i, found] of stdout.entries()) {
      const due = patches.flat()[i % frameBytes] ?? 0;
      const where = `second ${Math.floor(i / frameBytes)}, patch ${Math.floor((i % frameBytes) / 3)}`;
      // Primaries of BT.601 are another green: it is by the matrix that colors would jump.
      expect(Math.abs(found - due), `${where}: ${found}, not ${due}`).toBeLessThanOrEqual(16);
    }
  });
});

describe('a source whose sound changes on its way', () => {
  it.each([
    ['from two channels to six, in AC-3', 'ts', 'ac3', [48_000, 2], [48_000, 6]],
    ['from six channels to two, in AC-3 in Matroska', 'mkv', 'ac3', [48_000, 6], [48_000, 2]],
    ['from 48 kHz to 44.1 kHz and one channel, in AAC', 'ts', 'aac', [48_000, 2], [44_100, 1]],
  ] as const)('%s goes on in time, with its picture', async (name, container, codec, first, second) => {
    const stream = await joined(name, container, (index, seconds) => {
      const [rate, channels] = index === 0 ? first : second;
      return [
        ...['-f', 'lavfi', '-i', `color=gray:s=160x90:r=25:d=${seconds}`],
        ...['-f', 'lavfi', '-i', soundSource(rate, channels, seconds)],
        ...['-pix_fmt', 'yuv420p', '-c:a', codec, '-b:a', '192k'],
      ];
    });
    // The second part begins some milliseconds too early: by as much as its encoder's sound comes before its picture.
    expect(stream.plan.totalFrames).toBeGreaterThanOrEqual(ends * 25 - 1);
    const sound = await decodedSound(await track(stream, 'audio'));
    // Each part by itself: six channels are softer by design.
    const change = changesAt * sound.sampleRate;
    const heard = [0, change].flatMap((from) => {
      const samples = sound.samples.subarray(from, from === 0 ? change : undefined);
      return burstTimes({ ...sound, samples }, beep.hertz, beep.seconds).map((at) => at + from / sound.sampleRate);
    });
    for (const due of beepTimes(ends)) {
      const nearest = heard.toSorted((a, b) => Math.abs(a - due) - Math.abs(b - due))[0] ?? 0;
      expect(Math.abs(nearest - due), `the beep due at ${due} s`).toBeLessThan(0.03);
    }
    // Of its own pitch, in both parts and both chunks.
    for (const at of [3.1, 8.1, 12.3]) {
      const { amplitude } = sineAt(sound, tone.hertz, at * sound.sampleRate, 0.1 * sound.sampleRate);
      expect(amplitude, `the tone at ${at} s`).toBeGreaterThan(0.04);
    }
  });
});
