import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ffmpeg } from '../../commands/binaries.ts';
import { type Clip, clip, ordinary } from '../../commands/clip.ts';
import { referenceFaults, referenceFrames } from '../../commands/reference.ts';

let scratch: string;
let made: Clip;
let reference: Uint8Array[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'reference-test-'));
  made = await clip({ ...ordinary, seconds: 3, scene: 'natural', startSeconds: 7, container: 'mkv' });
  reference = await referenceFrames(made.file, made.rate);
});
afterAll(() => rm(scratch, { recursive: true }));

/** The clip's picture through a filter, encoded as a low rung is. */
async function faultsAfter(filter: string): Promise<string[]> {
  const file = join(scratch, 'rung.mp4');
  await ffmpeg([
    '-y',
    '-i',
    made.file,
    '-an',
    '-vf',
    `setpts=N/30/TB,${filter}`,
    '-crf',
    '30',
    '-maxrate',
    '1M',
    '-bufsize',
    '1M',
    '-fps_mode',
    'passthrough',
    file,
  ]);
  return referenceFaults(file, reference);
}

describe('a rung compared with its source', () => {
  test('is the same pictures, however low its rate', async () => {
    expect(reference).toHaveLength(90);
    expect(await faultsAfter('scale=426:240')).toEqual([]);
  });

  test('lacks one frame: every later one is recognized as its neighbour', async () => {
    const faults = await faultsAfter("select='not(eq(n,40))',setpts=N/30/TB");
    expect(faults.filter((fault) => /^frame 4[1-9] is the source's/.test(fault)).length).toBeGreaterThan(3);
  });

  test('repeats a frame', async () => {
    expect((await faultsAfter('shuffleframes=0 1 2 3 3')).join('\n')).toMatch(
      /^frame \d+[49] is the source's \d+[38]/m,
    );
  });

  test('turned black is no picture of the source', async () => {
    expect((await faultsAfter("drawbox=t=fill:color=black:enable='eq(n,50)'")).join()).toMatch(
      /frame 50 is [\d.]+ dB from the source's/,
    );
  });
});

test('a picture of high dynamic range is another one than its numbers taken for BT.709', async () => {
  const hlg = join(scratch, 'hlg.mp4');
  const tags = 'setparams=range=tv:color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc';
  await ffmpeg(['-i', made.file, '-an', '-vf', `setpts=N/30/TB,${tags}`, '-frames:v', '3', '-crf', '12', hlg]);
  const faults = await referenceFaults(hlg, await referenceFrames(hlg, made.rate));
  expect(faults.filter((fault) => /^frame \d is [\d.]+ dB from the source's/.test(fault))).toHaveLength(3);
});
