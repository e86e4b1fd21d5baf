import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { iFrameNumbers, iFrameStreams, thumbnailNumbers, thumbnails } from '../commands/pictures.ts';
import { publishedTitle } from '../commands/published.ts';
import type { Stream } from '../commands/stream-check.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

/** Black at first, as films begin; two chunks, and a tail of a second and a half. */
const blackSeconds = 3;
const seconds = 13.5;

let creator: Person;
let source: Clip;
let videoId: VideoId;
let stream: Stream;

beforeAll(async () => {
  creator = await newCreator();
  source = await clip({ ...ordinary, width: 854, height: 480, seconds, blackSeconds });
  videoId = await uploadClip(creator.client, source);
  await videoIs(creator.client, videoId, 'ready');
  stream = (await publishedTitle(creator.client, videoId)).stream;
});

const shown = (frame: number) => (frame < blackSeconds * 30 ? undefined : numberAt(source, frame));

describe('the storyboard', () => {
  it('is named by playback, and shows each moment’s own frame', async () => {
    const { storyboard } = await creator.client.streaming.playback({ params: { videoId } });
    const listed = await thumbnails(stream.read, storyboard ?? expect.fail('no storyboard'));
    expect(listed.map(({ start }) => start)).toEqual(Array.from({ length: 14 }, (_, i) => i));
    expect(listed.at(-1)?.end).toBe(seconds);
    expect(await thumbnailNumbers(stream.read, listed)).toEqual(listed.map(({ start }) => shown(start * 30)));
  });
});

describe('the I-frame playlists', () => {
  it('list for every eager rung the picture that each segment begins with, and its bytes alone show it', async () => {
    const streams = await iFrameStreams(stream.read, stream.hls);
    expect(streams.map(({ uri }) => uri)).toEqual(['360p-iframes.m3u8', '480p-iframes.m3u8']);
    for (const { entries, bandwidth, codecs, resolution } of streams) {
      expect(codecs).toMatch(/^avc1\.\w+$/);
      expect(resolution).toBeDefined();
      expect(entries.map((entry) => entry.seconds)).toEqual([4, 4, 4, 1.5]);
      for (const [i, entry] of entries.entries()) {
        expect(await iFrameNumbers(stream.read, entry)).toEqual([shown(i * 120)]);
        // Shorter than half a target duration: no run of segments that a rate is measured of.
        if (entry.seconds >= 2) expect((entry.length * 8) / entry.seconds).toBeLessThanOrEqual(bandwidth);
      }
    }
  });
});
