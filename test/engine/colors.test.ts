import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { initKey, segmentKey } from '../../domain/media/paths.ts';
import { ffmpeg } from '../commands/binaries.ts';
import { type MadeStream, makeStream } from '../commands/made-stream.ts';
import { hlgSignal, pqSignal, standardGray } from '../commands/tone-mapping.ts';

/** Colors go in by one system and must come out by BT.709, the same to the eye, and be tagged as what they are. */

const scratch = mkdtempSync(join(tmpdir(), 'colors-'));
afterAll(() => rmSync(scratch, { recursive: true }));

type Rgb = readonly [number, number, number];
/** Patches side by side, each 64 pixels wide. */
const patches: Readonly<Record<string, Rgb>> = {
  red: [200, 40, 40],
  green: [40, 180, 60],
  blue: [40, 60, 200],
  skin: [210, 160, 130],
  gray: [128, 128, 128],
  white: [235, 235, 235],
};
const names = Object.keys(patches);
const hex = (rgb: Rgb) => `0x${rgb.map((c) => c.toString(16).padStart(2, '0')).join('')}`;

/** A second of the patches as RGB, brought by `filters` into what a source may be. */
async function source(name: string, filters: string, encoder: readonly string[]): Promise<string> {
  const file = join(scratch, `${name.replaceAll(/\W+/g, '-')}.mp4`);
  const inputs = Object.values(patches).flatMap((rgb) => [
    '-f',
    'lavfi',
    '-i',
    `color=${hex(rgb)}:s=64x216:r=25:d=1,format=gbrp`,
  ]);
  const graph = `${names.map((_, i) => `[${i}:v]`).join('')}hstack=inputs=${names.length},${filters}[v]`;
  await ffmpeg([...inputs, '-filter_complex', graph, '-map', '[v]', ...encoder, '-g', '25', file]);
  return file;
}

/** A second of gray patches side by side, each of this signal (0 to 1), in ten bits of limited range. */
async function grayPatches(file: string, signals: readonly number[], transfer: string): Promise<void> {
  const row = Uint16Array.from(signals.flatMap((s) => Array<number>(64).fill(Math.round(64 + 876 * s))));
  const luma = Buffer.concat(Array<Buffer>(216).fill(Buffer.from(row.buffer)));
  const chroma = Buffer.from(new Uint16Array((row.length / 2) * 108 * 2).fill(512).buffer);
  const raw = join(scratch, 'gray.yuv');
  await writeFile(raw, Buffer.concat([luma, chroma]));
  const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p10le', '-video_size', `${row.length}x216`, '-r', '25'];
  const said = `setparams=range=tv:color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc`;
  await ffmpeg([
    ...input,
    '-stream_loop',
    '24',
    '-i',
    raw,
    '-vf',
    said,
    '-c:v',
    'libx264',
    '-crf',
    '8',
    '-g',
    '25',
    file,
  ]);
}

/** What a viewer sees of the largest rung: its patches in RGB, by BT.709 in limited range as the stream says it is. */
async function seen({ plan, directory }: MadeStream, count: number): Promise<Rgb[]> {
  const rung = plan.rungs.at(-1)?.name ?? '';
  const file = join(scratch, 'rung.mp4');
  const keys = [initKey('made', 1, rung), segmentKey('made', 1, rung, 1)];
  await writeFile(file, Buffer.concat(await Promise.all(keys.map((key) => readFile(join(directory, key))))));
  const raw = join(scratch, 'seen.rgb');
  const size = plan.rungs.at(-1) ?? { width: 0, height: 0 };
  await ffmpeg([
    ...['-i', file, '-vf', 'scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int,format=rgb24'],
    ...['-frames:v', '1', '-f', 'rawvideo', raw],
  ]);
  const bytes = await readFile(raw);
  const middle = (i: number) => 3 * (size.width * (size.height >> 1) + Math.round(((i + 0.5) * size.width) / count));
  return Array.from({ length: count }, (_, i) => [0, 1, 2].map((c) => bytes[middle(i) + c] ?? 0) as unknown as Rgb);
}

const seenPatches = async (stream: MadeStream): Promise<Record<string, Rgb>> =>
  Object.fromEntries((await seen(stream, names.length)).map((rgb, i) => [names[i], rgb]));

const h264 = (...tags: string[]) => ['-c:v', 'libx264', '-crf', '8', '-pix_fmt', 'yuv420p', ...tags];
const tags = (primaries: string, transfer: string, matrix: string, range = 'tv') => [
  ...['-color_primaries', primaries, '-color_trc', transfer, '-colorspace', matrix, '-color_range', range],
];

describe('colors of', () => {
  it.each([
    ['BT.709', 'scale=out_color_matrix=bt709:out_range=tv', h264(...tags('bt709', 'bt709', 'bt709'))],
    [
      'BT.709 in full range',
      'scale=out_color_matrix=bt709:out_range=pc',
      h264(...tags('bt709', 'bt709', 'bt709', 'pc')),
    ],
    ['BT.601 of 525 lines', 'scale=out_color_matrix=bt601:out_range=tv', h264(...tags('bt709', 'bt709', 'smpte170m'))],
    ['standard definition without tags', 'scale=out_color_matrix=bt601:out_range=tv', h264()],
    [
      'BT.709 in ten bits',
      'scale=out_color_matrix=bt709:out_range=tv',
      ['-c:v', 'libx264', '-crf', '8', '-pix_fmt', 'yuv420p10le', ...tags('bt709', 'bt709', 'bt709')],
    ],
  ])('%s come out as they went in', async (name, filters, encoder) => {
    const stream = await makeStream(await source(name, filters, encoder), join(scratch, name.replaceAll(/\W+/g, '-')));
    const found = await seenPatches(stream);
    for (const patch of names) {
      const apart = (patches[patch] ?? []).map((c, i) => Math.abs(c - (found[patch]?.[i] ?? 0)));
      // BT.601 has other primaries too, by which its red is not quite BT.709's.
      expect(Math.max(...apart), `${patch} is ${found[patch]}`).toBeLessThanOrEqual(/601|standard/.test(name) ? 22 : 6);
    }
  });

  it.each([
    ['HDR10', 'smpte2084'],
    ['HLG', 'arib-std-b67'],
  ])('%s are tone-mapped: what standard range can show comes out as it went in', async (name, transfer) => {
    // The direct mapping of BT.2408 clause 5.1: standard white becomes HDR Reference White.
    const filters = `zscale=pin=bt709:tin=bt709:min=gbr:p=bt2020:t=${transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le`;
    const encoder = ['-c:v', 'libx264', '-crf', '8', ...tags('bt2020', transfer, 'bt2020nc')];
    const stream = await makeStream(await source(name, filters, encoder), join(scratch, name));
    expect(stream.plan.video.colors).toMatchObject({ system: 'bt2020', transfer: name === 'HLG' ? 'hlg' : 'pq' });
    const found = await seenPatches(stream);
    for (const patch of names) {
      const apart = (patches[patch] ?? []).map((c, i) => Math.abs(c - (found[patch]?.[i] ?? 0)));
      // White gives room to what is brighter.
      expect(Math.max(...apart), `${patch} is ${found[patch]}`).toBeLessThanOrEqual(patch === 'white' ? 22 : 7);
    }
  });

  it.each([
    ['HDR10', 'smpte2084', pqSignal],
    ['HLG', 'arib-std-b67', hlgSignal],
  ] as const)('%s are as bright as BT.2390 has it, from black to its peak', async (name, transfer, signal) => {
    // Black, shadows, the gray card and HDR Reference White of BT.2408, bright clouds, the peak: cd/m².
    const lights = [0, 5, 26, 60, 100, 162, 203, 400, 1000];
    const file = join(scratch, `gray-${name}.mp4`);
    await grayPatches(file, lights.map(signal), transfer);
    const found = await seen(await makeStream(file, join(scratch, `gray-${name}`)), lights.length);
    const shown = found.map(([, green]) => green);
    for (const [i, rgb] of found.entries()) {
      expect(Math.max(...rgb) - Math.min(...rgb), `${lights[i]} cd/m² are ${rgb}`).toBeLessThanOrEqual(4);
      const apart = Math.abs(rgb[1] - standardGray(lights[i] ?? 0));
      // Above the knee the curve is another, by little.
      expect(apart, `${lights[i]} cd/m² are ${rgb}`).toBeLessThanOrEqual((lights[i] ?? 0) < 100 ? 3 : 9);
    }
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(shown[lights.indexOf(203)]).toBeGreaterThan(222);
  });

  it('a rung are said to be what they are', async () => {
    const { directory, plan } = await makeStream(
      await source('tags', 'scale=out_color_matrix=bt601:out_range=tv', h264()),
      join(scratch, 'tags'),
    );
    const file = join(scratch, 'tags.mp4');
    const rung = plan.rungs[0]?.name ?? '';
    const keys = [initKey('made', 1, rung), segmentKey('made', 1, rung, 1)];
    await writeFile(file, Buffer.concat(await Promise.all(keys.map((key) => readFile(join(directory, key))))));
    const { stderr } = await ffmpeg([
      '-hide_banner',
      '-loglevel',
      'info',
      '-i',
      file,
      '-frames:v',
      '1',
      '-f',
      'null',
      '-',
    ]);
    expect(stderr).toMatch(/yuv420p\(tv, bt709/);
  });
});
