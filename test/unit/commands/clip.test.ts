import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFile, MP4BoxBuffer } from 'mp4box';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ffmpeg, ffprobe } from '../../commands/binaries.ts';
import { type Clip, clip, numberAt, ordinary } from '../../commands/clip.ts';
import { frameFaults, seenFrames } from '../../commands/frames.ts';

const seconds = 4.4;
let scratch: string;
let made: Clip;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'clip-test-'));
  made = await clip({ ...ordinary, seconds });
});
afterAll(() => rm(scratch, { recursive: true }));

const expected = () => ({ frames: made.frames, framesPerSecond: 30, numberAt: (n: number) => numberAt(made, n) });

/** The clip's picture, sent through a filter and encoded anew. */
async function filtered(filter: string, ...encoder: string[]) {
  const file = join(scratch, 'filtered.mp4');
  await ffmpeg(['-y', '-i', made.file, '-an', '-vf', filter, '-fps_mode', 'passthrough', ...encoder, file]);
  return seenFrames(file);
}

describe('numbers burnt into a clip', () => {
  test('are read from the clip itself, each at its time', async () => {
    expect(frameFaults(await seenFrames(made.file), expected())).toEqual([]);
  });

  test('survive 240 lines and a very low quality', async () => {
    expect(frameFaults(await filtered('scale=426:240', '-crf', '40'), expected())).toEqual([]);
  });

  test('show that one frame is missing', async () => {
    const seen = await filtered("select='not(eq(n,61))',setpts=N/30/TB");
    expect(frameFaults(seen, expected())[0]).toBe('131 frames where 132 are due');
    expect(frameFaults(seen, expected())).toContain('frame 61 shows number 62, not 61');
  });

  test('show that one frame came twice and another not at all', async () => {
    const faults = frameFaults(await filtered('shuffleframes=0 1 2 2'), expected());
    expect(faults[0]).toBe('frame 3 shows number 2, not 3');
  });

  test('show a frame that comes a tenth of a frame late', async () => {
    const faults = frameFaults(
      await filtered(
        "settb=1/3000,setpts='PTS+10*eq(N,40)'",
        '-enc_time_base',
        '1:3000',
        '-video_track_timescale',
        '3000',
      ),
      expected(),
    );
    expect(faults).toEqual(['frame 40 comes at 1.3367 s, not 1.3333 s']);
  });

  test('cannot be read from a mixture of two frames', async () => {
    const seen = await filtered('tmix=frames=2');
    expect(seen.slice(1).every((frame) => frame.number === undefined)).toBe(true);
  });
});

describe('a clip', () => {
  test('of irregular times shows at each moment the last frame that is due', async () => {
    const irregular = await clip({ ...ordinary, seconds: 6, irregular: true });
    const seen = await seenFrames(irregular.file);
    const shown = (at: number) => seen.findLast((frame) => Math.round(frame.ptsSeconds * 30) <= at)?.number;
    expect(seen.length).toBeLessThan(120);
    expect(Array.from({ length: 180 }, (_, n) => numberAt(irregular, n))).toEqual(
      Array.from({ length: 180 }, (_, n) => shown(n)),
    );
  });

  test('in Matroska claims to be 5 s longer than its frames', async () => {
    const lying = await clip({ ...ordinary, seconds, container: 'mkv', claimedExtraSeconds: 5 });
    const { format } = (await ffprobe(lying.file, '-show_entries', 'format=duration')) as {
      format: { duration: string };
    };
    expect(Number(format.duration)).toBeCloseTo(seconds + 5, 1);
    expect(await seenFrames(lying.file)).toHaveLength(132);
  });

  test.for([false, true])('in MP4 claims to be 5 s longer than its frames (fragmented: %s)', async (fragmented) => {
    const lying = await clip({ ...ordinary, seconds, fragmented, claimedExtraSeconds: 5 });
    const file = createFile();
    file.appendBuffer(MP4BoxBuffer.fromArrayBuffer((await readFile(lying.file)).buffer, 0), true);
    const { duration, timescale, fragment_duration } = file.getInfo();
    const claimed = fragmented ? Number(fragment_duration?.num) / Number(fragment_duration?.den) : duration / timescale;
    expect(claimed).toBeCloseTo(seconds + 5, 1);
    expect(await seenFrames(lying.file)).toHaveLength(132);
  });
});
