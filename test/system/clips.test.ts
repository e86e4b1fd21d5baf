import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { type Clip, type ClipOptions, clip, type FrameRate, ordinary } from '../commands/clip.ts';
import { titleOf } from '../commands/clip-title.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { pictureFacts, publishedTitle } from '../commands/published.ts';
import { streamFaults } from '../commands/stream-check.ts';
import { uploadWhole, videoSettled } from '../commands/uploads.ts';

interface Case extends Partial<ClipOptions> {
  readonly of: string;
  /** The rate of the title, where it is not the clip's. */
  readonly made?: FrameRate;
  /** How exactly the sound comes, where the container itself is less exact. */
  readonly syncToleranceSeconds?: number;
}

const stereo = { sampleRate: 48_000, channels: 2 } as const;
const fps = (num: number, den = 1): FrameRate => ({ num, den });

/** Two chunks and a short last segment, unless the case is about its length. */
const seconds = 13.2;
/** Large enough for the numbers in it, unless the case is about its size. */
const size = { width: 320, height: 180 } as const;
/** For what has nothing to do with seams. */
const brief = { seconds: 2.4 } as const;
/** For what changes halfway. */
const turning = { seconds: 13 } as const;

const cases: readonly Case[] = [
  { of: '30 frames a second, in three rungs', width: 1280, height: 720 },
  { of: '23.976 frames a second', rate: fps(24000, 1001) },
  { of: '25 frames a second', rate: fps(25) },
  { of: '29.97 frames a second', rate: fps(30000, 1001) },
  { of: '24 frames a second', rate: fps(24) },
  { of: '50 frames a second', rate: fps(50), made: fps(25) },
  { of: '59.94 frames a second', rate: fps(60000, 1001), made: fps(30000, 1001) },
  { of: '60 frames a second', rate: fps(60), made: fps(30) },
  { of: '44.1 kHz', sound: { sampleRate: 44_100, channels: 2 } },
  { of: 'mono at 44.1 kHz', sound: { sampleRate: 44_100, channels: 1 } },
  { of: '5.1 sound', sound: { sampleRate: 48_000, channels: 6 } },
  { of: 'no sound', sound: null },
  { of: 'sound in two languages', languages: ['eng', 'fra'] },
  { of: 'sound that ends 5 s early', sound: { ...stereo, seconds: seconds - 5 } },
  { of: 'sound that goes on for 24 s more, for longer than a chunk', sound: { ...stereo, seconds: seconds + 24 } },
  { of: 'sound that goes on for half a second more', sound: { ...stereo, seconds: seconds + 0.5 } },
  { of: 'a picture that starts 80 ms late', pictureDelaySeconds: 0.08 },
  { of: 'a picture that starts half a second late', pictureDelaySeconds: 0.5 },
  { of: 'a phone held upright', rotation: 90, width: 360, height: 640 },
  { of: 'a phone held upside down', rotation: 180, width: 640, height: 360 },
  { of: 'an irregular rate with a freeze over a seam', irregular: true, made: fps(24) },
  { of: 'a still picture for longer than a chunk', still: { from: 5, to: 25 }, seconds: 27.2 },
  { of: 'a still picture in Matroska', still: { from: 5, to: 25 }, seconds: 27.2, container: 'mkv' },
  { of: 'interlaced frames', interlaced: true, width: 640, height: 360 },
  { of: 'a picture of oblong pixels', squeezed: 4 / 3, width: 640, height: 360 },
  { of: 'odd width and height', width: 639, height: 359 },
  { of: 'a tail of less than a second', seconds: 12.4 },
  { of: 'a tail of one frame', seconds: 12 + 1 / 30 },
  { of: 'exactly one segment', seconds: 4 },
  { of: 'less than a segment', seconds: 1.5 },
  { of: 'nine frames', seconds: 0.3 },
  { of: 'a fifth of a second', seconds: 0.2 },
  { of: 'one frame', seconds: 1 / 30, sound: null },
  { of: 'a Matroska file that starts at 7 s', container: 'mkv', startSeconds: 7 },
  { of: 'a QuickTime file', container: 'mov' },
  { of: 'ProRes in a QuickTime file', container: 'mov', codec: 'prores_ks' },
  // The onset of a beep comes through Opus a millisecond late.
  { of: 'VP9 and Opus in WebM', container: 'webm', codec: 'libvpx-vp9', syncToleranceSeconds: 0.002 },
  { of: 'an FLV file', container: 'flv' },
  { of: 'a fragmented file', fragmented: true },
  { of: 'a file with a cover', cover: true, ...brief },
  {
    of: 'WebM as it is written live, without a duration',
    live: true,
    container: 'webm',
    codec: 'libvpx-vp9',
    syncToleranceSeconds: 0.002,
    ...brief,
  },
  // The change falls into the first of two chunks: the second knows nothing else.
  { of: 'a picture that shrinks on its way, in a transport stream', turnsInto: 'smaller', container: 'ts', ...turning },
  {
    of: 'a picture that is turned upright on its way, in fragments',
    turnsInto: 'upright',
    fragmented: true,
    ...turning,
  },
  { of: 'eight bits that become ten on their way', turnsInto: 'ten bits', container: 'ts', ...turning },
  { of: 'a picture that becomes 4:4:4 on its way, in fragments', turnsInto: '4:4:4', fragmented: true, ...turning },
  { of: 'an MPEG transport stream', container: 'ts' },
  // MP3 in AVI does not say how much of its start is the encoder's own: the sound is late by that much in any player.
  { of: 'an AVI file', container: 'avi', codec: 'mpeg4', syncToleranceSeconds: 1 / 30 },
  { of: 'an MP4 that claims half a second too much', claimedExtraSeconds: 0.5 },
  { of: 'an MP4 that claims 5 s too much', claimedExtraSeconds: 5 },
  { of: 'a Matroska file that claims half a second too much', container: 'mkv', claimedExtraSeconds: 0.5 },
  { of: 'a Matroska file that claims 5 s too much', container: 'mkv', claimedExtraSeconds: 5 },
];

describe('a title made of a clip of', () => {
  let creator: Person;
  let scratch: string;
  const uploaded = new Map<string, { clip: Clip; videoId: VideoId }>();

  // All at once: the worker goes on with the next titles while the first are looked at.
  beforeAll(async () => {
    creator = await newCreator();
    scratch = await mkdtemp(join(tmpdir(), 'clips-'));
    for (const { of, made: _rate, syncToleranceSeconds: _tolerance, ...options } of cases) {
      const source = await clip({ ...ordinary, ...size, seconds, ...options });
      const bytes = await readFile(source.file);
      const videoId = await uploadWhole(creator.client, bytes, { fileName: basename(source.file), contentType: '' });
      uploaded.set(of, { clip: source, videoId });
    }
  }, 240_000);
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  // Several at a time: to look at one is to wait for it, for its objects and for a decoder in turn.
  test.concurrent.for(cases.map((c) => [c.of, c] as const))(
    '%s is exact in every frame and sample',
    async ([of, { made, syncToleranceSeconds }], { expect }) => {
      const { clip: source, videoId } = uploaded.get(of) ?? expect.unreachable(`${of} was not uploaded`);
      const expected = titleOf(source, made ?? source.rate, syncToleranceSeconds);
      expect(await videoSettled(creator.client, videoId)).toMatchObject({ state: 'ready', reason: null });
      const title = await publishedTitle(creator.client, videoId);
      expect(await streamFaults(title.stream, expected)).toEqual([]);
      expect(title.durationSeconds).toBeCloseTo((expected.frames * expected.rate.den) / expected.rate.num, 3);

      const poster = join(scratch, `${videoId}.jpg`);
      await writeFile(poster, title.poster ?? expect.unreachable('no poster'));
      const { width, height, brightness, contrast } = await pictureFacts(poster);
      expect(width / height).toBeCloseTo(source.width / source.height, 1);
      expect(brightness).toBeGreaterThan(30);
      expect(contrast).toBeGreaterThan(20);
    },
  );
});
