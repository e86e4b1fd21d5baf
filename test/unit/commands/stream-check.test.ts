import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readInit } from '../../commands/boxes.ts';
import { type Clip, clip, numberAt, ordinary } from '../../commands/clip.ts';
import { type MadeStream, makeStream } from '../../commands/made-stream.ts';
import { type Stream, streamFaults } from '../../commands/stream-check.ts';

let directory: string;
let source: Clip;
let made: MadeStream;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stream-test-'));
  source = await clip({ ...ordinary, seconds: 9.2, width: 854, height: 480 });
  made = await makeStream(source.file, directory);
}, 60_000);
afterAll(() => rm(directory, { recursive: true }));

const faultsOf = (stream: Stream) =>
  streamFaults(stream, {
    rate: source.rate,
    frames: source.frames,
    audioTracks: 1,
    numberAt: (n) => numberAt(source, n),
    sound: { toneSeconds: 9.2 },
  });

/** The stream with what stands at one path exchanged for what stands at another. */
const moved = (at: string, from: string): Stream => ({
  ...made,
  read: (path) => made.read(path.endsWith(at) ? path.replace(at, from) : path),
});

/** The stream with one text object changed. */
const edited = (at: string, find: string | RegExp, replacement: string | ((...found: string[]) => string)): Stream => ({
  ...made,
  async read(path) {
    const bytes = await made.read(path);
    if (!path.endsWith(at)) return bytes;
    const text = new TextDecoder().decode(bytes);
    const changed = typeof replacement === 'string' ? text.replace(find, replacement) : text.replace(find, replacement);
    expect(changed).not.toBe(text);
    return new TextEncoder().encode(changed);
  },
});

/** Where the flags of a segment's first sample stand (ISO/IEC 14496-12, 8.8.8.1): behind count and offset, or in its entry. */
function firstFlags(bytes: Buffer): number {
  const run = bytes.indexOf('trun') + 4;
  const has = bytes.readUInt32BE(run);
  const entry = run + 8 + (has & 0x1 ? 4 : 0);
  if (has & 0x4) return entry;
  if (!(has & 0x400)) throw new Error('samples have no flags of their own');
  return entry + (has & 0x100 ? 4 : 0) + (has & 0x200 ? 4 : 0);
}

describe('the check of a stream', () => {
  test('finds nothing wrong with a right one', async () => {
    expect(await faultsOf(made)).toEqual([]);
  });

  test.for(['360p', 'audio-1'])('finds a segment of %s that comes in the place of another', async (track) => {
    expect(await faultsOf(moved(`${track}/2.m4s`, `${track}/1.m4s`))).not.toEqual([]);
  });

  test('finds a rung that holds the files of another', async () => {
    const faults = await faultsOf({ ...made, read: (path) => made.read(path.replace('480p/', '360p/')) });
    expect(faults).toContain('480p: is listed as 854x480 and holds 640x360');
  });

  test('finds a segment that is listed and not there', async () => {
    expect((await faultsOf(moved('480p/3.m4s', '480p/4.m4s'))).join()).toMatch(/480p\/init\.mp4: ENOENT/);
  });

  test('finds frames that changed places within two good segments', async () => {
    const faults = await faultsOf({
      ...made,
      async read(path) {
        const bytes = Buffer.from(await made.read(path));
        // A track run's first composition offset: the first frame is shown after the second.
        const run = bytes.indexOf('trun');
        if (path.endsWith('360p/2.m4s')) bytes.writeUInt32BE(bytes.readUInt32BE(run + 28) + 1500, run + 28);
        return bytes;
      },
    });
    expect(faults).not.toEqual([]);
  });

  /** The stream with bytes of one object changed. */
  const patched = (at: string, patch: (bytes: Buffer) => void): Stream => ({
    ...made,
    async read(path) {
      const bytes = Buffer.from(await made.read(path));
      if (path.endsWith(at)) patch(bytes);
      return bytes;
    },
  });

  // Offsets are from the box's type: `tfdt` and `trun` of ISO/IEC 14496-12, 8.8.12 and 8.8.8, `avcC` of 14496-15, 5.3.3.1.
  const mediaFaults: [string, string, (bytes: Buffer) => void, string | RegExp][] = [
    [
      'a sample entry of another level than its parameter sets',
      '480p/init.mp4',
      (bytes) => bytes.writeUInt8(30, bytes.indexOf('avcC') + 7),
      '480p: its parameter sets are avc1.64001f, its sample entry says avc1.64001e',
    ],
    [
      'parameter sets with other constraints than their sample entry',
      '480p/init.mp4',
      (bytes) => bytes.writeUInt8(0x0c, bytes.indexOf('avcC') + 14),
      '480p: its parameter sets are avc1.640c1f, its sample entry says avc1.64001f',
    ],
    [
      'a segment that does not begin where the one before it ends, out of step with the other rungs',
      '480p/2.m4s',
      (bytes) => {
        const last = bytes.indexOf('tfdt') + (bytes[bytes.indexOf('tfdt') + 4] === 1 ? 15 : 11);
        bytes.writeUInt8((bytes[last] ?? 0) ^ 1, last);
      },
      /480p: segment 2 begins at tick[\s\S]*480p is not aligned with 360p/,
    ],
    [
      'a segment that begins with another picture than an IDR',
      '480p/2.m4s',
      (bytes) => {
        const run = bytes.indexOf('trun') - 4;
        const from = bytes.indexOf('moof') - 4 + bytes.readInt32BE(run + 16);
        for (let at = from; ; at += 4 + bytes.readUInt32BE(at)) {
          const head = bytes[at + 4] ?? 0;
          if ((head & 0x1f) !== 5) continue;
          bytes.writeUInt8((head & 0xe0) | 1, at + 4);
          return;
        }
      },
      '480p: segment 2 does not begin with an IDR picture',
    ],
    [
      'a first sample that is not marked as sync',
      '480p/2.m4s',
      (bytes) => bytes.writeUInt8((bytes[firstFlags(bytes) + 1] ?? 0) | 1, firstFlags(bytes) + 1),
      '480p: segment 2 does not say that it begins with a sync sample',
    ],
  ];

  test.for(mediaFaults)('finds %s', async ([, at, patch, fault]) => {
    expect((await faultsOf(patched(at, patch))).join('\n')).toMatch(fault);
  });

  test('finds the level that was planned, in both manifests and in every rung', async () => {
    for (const { name, codec } of made.plan.rungs) {
      const init = readInit(await made.read(`${dirname(made.hls)}/${name}/init.mp4`));
      expect([init.codec, init.parameterSets]).toEqual([codec, codec]);
    }
  });

  const manifestFaults: [string, () => Stream, RegExp][] = [
    [
      'a BANDWIDTH that is too low',
      () => edited('master.m3u8', /BANDWIDTH=\d+/, 'BANDWIDTH=64000'),
      /BANDWIDTH 64000 is less than the real peak/,
    ],
    [
      'a BANDWIDTH of twice the truth',
      () => edited('master.m3u8', /:BANDWIDTH=(\d+)/, ':BANDWIDTH=9$1'),
      /is more than/,
    ],
    [
      'a wrong AVERAGE-BANDWIDTH',
      () => edited('master.m3u8', /AVERAGE-BANDWIDTH=\d+/, 'AVERAGE-BANDWIDTH=1000'),
      /AVERAGE-BANDWIDTH 1000 is not/,
    ],
    [
      'a bandwidth of DASH that is too low',
      () => edited('.mpd', /bandwidth="\d+"/, 'bandwidth="1000"'),
      /BANDWIDTH 1000 is less/,
    ],
    [
      'an AVERAGE-BANDWIDTH that is missing though all is measured',
      () => edited('master.m3u8', /AVERAGE-BANDWIDTH=\d+,/, ''),
      /no AVERAGE-BANDWIDTH, though it has been measured/,
    ],
    [
      'an AVERAGE-BANDWIDTH that is a tenth too high',
      () =>
        edited(
          'master.m3u8',
          /AVERAGE-BANDWIDTH=(\d+)/,
          (_, bps) => `AVERAGE-BANDWIDTH=${Math.round(1.1 * Number(bps))}`,
        ),
      /AVERAGE-BANDWIDTH \d+ is not/,
    ],
    [
      'a wrong codec of DASH',
      () => edited('.mpd', 'codecs="avc1.64001f"', 'codecs="avc1.640020"'),
      /CODECS avc1\.640020 do not name avc1\.64001f/,
    ],
    [
      'a wrong frame rate of DASH',
      () => edited('.mpd', 'frameRate="30"', 'frameRate="30000/1001"'),
      /differ in frame rate/,
    ],
    [
      'a wrong RESOLUTION',
      () => edited('master.m3u8', 'RESOLUTION=854x480', 'RESOLUTION=852x480'),
      /is listed as 852x480 and holds 854x480/,
    ],
    ['a wrong width of DASH', () => edited('.mpd', 'width="854"', 'width="852"'), /HLS and DASH differ in size/],
    [
      'a segment that DASH does not list',
      () => edited('.mpd', /<S t="0" d="(\d+)" r="1"\/>/, '<S t="0" d="$1"/>'),
      /list different segments/,
    ],
    ['a wrong codec', () => edited('master.m3u8', 'avc1.6400', 'avc1.4d40'), /CODECS .* do not name avc1\.6400/],
    [
      'a wrong frame rate',
      () => edited('master.m3u8', 'FRAME-RATE=30.000', 'FRAME-RATE=29.970'),
      /FRAME-RATE 29.97 is not 30\/1/,
    ],
    ['no word about captions', () => edited('master.m3u8', ',CLOSED-CAPTIONS=NONE', ''), /lacks CLOSED-CAPTIONS=NONE/],
    [
      'no word about independent segments',
      () => edited('master.m3u8', '#EXT-X-INDEPENDENT-SEGMENTS\n', ''),
      /lacks EXT-X-INDEPENDENT-SEGMENTS/,
    ],
    [
      'a target duration that is too short',
      () => edited('360p.m3u8', 'TARGETDURATION:4', 'TARGETDURATION:3'),
      /TARGETDURATION|target/i,
    ],
    [
      'a segment that HLS does not list',
      () => edited('audio-1.m3u8', /#EXTINF:[\d.]+,\naudio-1\/3\.m4s\n/, ''),
      /list different segments/,
    ],
    [
      'a segment listed too long',
      () => edited('480p.m3u8', '#EXTINF:4.000000,', '#EXTINF:4.200000,'),
      /differ in the length of segment 1/,
    ],
    ['an MPD that is not well-formed', () => edited('.mpd', '</Period>', ''), /the MPD is not valid/],
    [
      'elements of an MPD out of order',
      () => edited('.mpd', /(<Label>.*<\/Label>)\s*(<Role [^>]*>)/, '$2$1'),
      /the MPD is not valid/,
    ],
    [
      'an MPD of another duration',
      () => edited('.mpd', /mediaPresentationDuration="[^"]*"/, 'mediaPresentationDuration="PT9S"'),
      /mediaPresentationDuration is 9 s/,
    ],
  ];

  test.for(manifestFaults)('finds %s', async ([, stream, fault]) => {
    const faults = await faultsOf(stream()).catch((error: unknown) => [String(error)]);
    expect(faults.join('\n')).toMatch(fault);
  });
});
