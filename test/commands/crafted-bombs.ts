import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CraftedFile, honest, made, withField } from './crafted-files.ts';
import { png } from './png.ts';

/** Files that are small and want to be large: in picture, rate, tracks, length, tables, depth. */
export async function bombs(): Promise<CraftedFile[]> {
  const whole = await honest();
  const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];
  const largest = 0xffff_ffff;
  const many = Array.from({ length: 80 }, () => ['-map', '1:a']).flat();
  return [
    { is: 'a movie that claims 49,000 days', bytes: withField(whole, 'mvhd', 24, largest) },
    { is: 'a track that claims 49,000 days', bytes: withField(whole, 'mdhd', 24, largest) },
    { is: 'a clock of one tick a second', bytes: withField(whole, 'mdhd', 20, 1) },
    { is: 'a clock of four thousand million ticks a second', bytes: withField(whole, 'mdhd', 20, largest) },
    { is: 'a clock that stands', bytes: withField(whole, 'mdhd', 20, 0) },
    {
      is: 'a sample entry of 65,535 by 65,535 pixels',
      bytes: withField(withField(whole, 'stsd', 48, 65_535, 2), 'stsd', 50, 65_535, 2),
    },
    { is: 'a table of four thousand million times', bytes: withField(whole, 'stts', 12, largest) },
    { is: 'four thousand million frames of one length', bytes: withField(whole, 'stts', 16, largest) },
    { is: 'four thousand million samples', bytes: withField(whole, 'stsz', 16, largest) },
    { is: 'samples of four gigabytes each', bytes: withField(whole, 'stsz', 12, largest) },
    { is: 'a chunk behind the end of the file', bytes: withField(whole, 'stco', 16, 0x7fff_ffff) },
    { is: 'four thousand million chunks', bytes: withField(whole, 'stco', 12, largest) },
    { is: 'no samples at all', bytes: withField(whole, 'stsz', 16, 0) },
    { is: 'frames that last for days', bytes: withField(whole, 'stts', 20, 0x3fff_ffff) },
    { is: 'six million frames at 1,000 a second', bytes: manyFrames(whole, 6_000_000) },
    { is: 'a box in a box, ten thousand deep', bytes: nested(10_000) },
    { is: 'a box longer than all disks', bytes: Buffer.concat([whole.subarray(0, 32), hugeBox(), whole]) },
    { is: 'boxes of no length', bytes: Buffer.concat([whole, Buffer.alloc(4096)]) },
    {
      is: 'eighty audio tracks',
      bytes: await made('tracks.mp4', [
        ...lavfi('testsrc2=s=64x64:d=1'),
        ...lavfi('sine=d=1'),
        '-map',
        '0:v',
        ...many,
        '-c:a',
        'aac',
        '-b:a',
        '16k',
      ]),
    },
    {
      is: 'a hundred thousand frames a second',
      bytes: await made('fast.mp4', [
        ...lavfi('testsrc2=s=64x64:r=100000:d=0.01'),
        '-c:v',
        'libx264',
        '-video_track_timescale',
        '1000000',
      ]),
    },
    {
      is: 'two frames, a day apart',
      bytes: await made('slow.mp4', [
        ...lavfi('testsrc2=s=64x64:r=1:d=2'),
        '-vf',
        'setpts=N*90000/TB',
        '-fps_mode',
        'passthrough',
        '-enc_time_base',
        '1:1000',
        '-c:v',
        'libx264',
        '-bf',
        '0',
      ]),
    },
    {
      is: 'a picture of 67 million pixels',
      bytes: await made('wide.mp4', [
        ...lavfi('color=s=8192x8192:r=1:d=1'),
        '-frames:v',
        '1',
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
      ]),
    },
    { is: 'sixty covers of 36 million pixels each', bytes: await withCovers(60) },
    {
      is: 'a codec of a game',
      bytes: await made('game.avi', [...lavfi('testsrc2=s=64x64:d=1'), '-c:v', 'asv1']),
    },
    { is: 'an animated GIF', bytes: await made('moving.gif', [...lavfi('testsrc2=s=64x64:d=1:r=5')]) },
    { is: 'Matroska of unknown lengths', bytes: unknownLengths() },
    { is: 'packets of a transport stream with nothing in them', bytes: emptyPackets() },
    { is: 'an AVI whose lists go round', bytes: endlessAvi() },
    { is: 'an FLV whose tags overlap', bytes: overlappingFlv() },
    { is: 'an ogg of pages without packets', bytes: emptyOgg() },
    { is: 'a single byte', bytes: Buffer.from([0]) },
    { is: 'eight megabytes of nothing', bytes: Buffer.alloc(8 * 1024 * 1024) },
  ];
}

/** A clip with so many covers: whoever looks into them all is at it for minutes. */
async function withCovers(count: number): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'covers-'));
  try {
    const cover = join(directory, 'cover.png');
    await writeFile(cover, png(6000, 6000, 6000));
    const covers = Array.from({ length: count }, (_, i) => [
      ...['-attach', cover, `-metadata:s:${i + 1}`, 'mimetype=image/png'],
    ]).flat();
    return await made('covers.mkv', ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:d=2', '-c:v', 'libx264', ...covers]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** All of one byte and of one tick of a millisecond, at one place. */
function manyFrames(whole: Buffer, frames: number): Buffer {
  const fields: readonly [string, number, number][] = [
    ['mdhd', 20, 1000],
    ['mdhd', 24, frames],
    ['stts', 12, 1],
    ['stts', 16, frames],
    ['stts', 20, 1],
    ['stsz', 12, 1],
    ['stsz', 16, frames],
    ['stsc', 20, frames],
  ];
  return fields.reduce((bytes, [type, offset, value]) => withField(bytes, type, offset, value), whole);
}

function nested(depth: number): Buffer {
  const bytes = Buffer.alloc(8 * depth);
  for (let i = 0; i < depth; i++) {
    bytes.writeUInt32BE(8 * (depth - i), 8 * i);
    bytes.write(i === 0 ? 'moov' : 'trak', 8 * i + 4, 'latin1');
  }
  return bytes;
}

function hugeBox(): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(1);
  bytes.write('free', 4, 'latin1');
  bytes.writeBigUInt64BE(0x7fff_ffff_ffff_ffffn, 8);
  return bytes;
}

/** EBML head, then segments and clusters of unknown length, each in the one before (RFC 9559, RFC 8794 section 6.2). */
function unknownLengths(): Buffer {
  const ebml = Buffer.from(
    '1a45dfa39f4286810142f7810142f2810442f381084282886d6174726f736b6142878104428581021853806701ffffffffffffff',
    'hex',
  );
  return Buffer.concat([ebml, ...Array.from({ length: 5000 }, () => Buffer.from('1f43b67501ffffffffffffff', 'hex'))]);
}

function emptyPackets(): Buffer {
  const packet = Buffer.alloc(188, 0xff);
  return Buffer.concat(
    Array.from({ length: 3000 }, (_, i) => {
      const copy = Buffer.from(packet);
      copy.writeUInt32BE(0x4740_0010 + ((i % 8000) << 8));
      return copy;
    }),
  );
}

function endlessAvi(): Buffer {
  const list = Buffer.from('LIST\xf0\xff\xff\xffhdrlLIST\xf0\xff\xff\xffstrl', 'latin1');
  return Buffer.concat([
    Buffer.from('RIFF\xff\xff\xff\x7fAVI ', 'latin1'),
    ...Array.from({ length: 2000 }, () => list),
  ]);
}

function overlappingFlv(): Buffer {
  const tag = Buffer.from([9, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0x17, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('FLV\x01\x05\0\0\0\x09\0\0\0\0', 'latin1'),
    ...Array.from({ length: 2000 }, () => tag),
  ]);
}

function emptyOgg(): Buffer {
  const page = Buffer.alloc(27);
  page.write('OggS', 0, 'latin1');
  return Buffer.concat(Array.from({ length: 5000 }, () => page));
}
