import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
const edited = (at: string, find: string | RegExp, replacement: string): Stream => ({
  ...made,
  async read(path) {
    const bytes = await made.read(path);
    if (!path.endsWith(at)) return bytes;
    const text = new TextDecoder().decode(bytes);
    const changed = text.replace(find, replacement);
    expect(changed).not.toBe(text);
    return new TextEncoder().encode(changed);
  },
});

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
