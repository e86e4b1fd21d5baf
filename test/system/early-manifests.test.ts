import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { videos } from '../commands/books.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { readDash } from '../commands/dash-listing.ts';
import { fetchTrack } from '../commands/fetched-track.ts';
import { readHls } from '../commands/hls-listing.ts';
import { type ListedTrack, type Listing, trackName } from '../commands/listing.ts';
import { bitrateFaults, disagreements } from '../commands/manifest-check.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { publishedTitle } from '../commands/published.ts';
import { measuredBacklog } from '../commands/rules.ts';
import { soon } from '../commands/soon.ts';
import type { Stream } from '../commands/stream-check.ts';
import { uploadWhole, videoIs } from '../commands/uploads.ts';

/** The caps of the platform's rungs, bit/s, and what its sound takes. */
const caps: Readonly<Record<string, number>> = { '360p': 1e6, '480p': 2.5e6, '720p': 5e6, 'audio-1': 128e3 };
const audioCap = 128e3;

const capOf = (track: ListedTrack): number => {
  return (caps[trackName(track)] ?? 0) + ((track.codecs ?? '').includes(',') ? audioCap : 0);
};

const listings = async ({ read, hls, dash }: Stream): Promise<[Listing, Listing]> => [
  await readHls(read, hls),
  await readDash(read, dash),
];

describe('the manifests of a title that is still being encoded', () => {
  let creator: Person;
  let videoId: VideoId;
  let idleSeconds: number;

  beforeAll(async () => {
    creator = await newCreator();
    const { file } = await clip({ ...ordinary, seconds: 14, width: 1280, height: 720, scene: 'natural' });
    idleSeconds = await measuredBacklog();
    videoId = await uploadWhole(creator.client, await readFile(file), { fileName: 'natural.mp4' });
  });

  test('list what the finished title has, within bit rates that hold', async () => {
    await videoIs(creator.client, videoId, 'playable');
    const { stream } = await publishedTitle(creator.client, videoId);
    const early = await listings(stream);
    // The work that is left of it is known, for a fleet to grow by; the stage opens a moment after the title is playable.
    const work = await soon(async () => {
      const { encodeWork } = (await videos().get(videoId)) ?? {};
      expect(encodeWork?.attempt).toBe(1);
      return encodeWork?.cpuSeconds ?? 0;
    });
    expect(work).toBeGreaterThan(0);
    expect(await measuredBacklog()).toBeGreaterThan(idleSeconds);
    // Measured by nobody yet: these are the plan's.
    expect(early[0].tracks.every((track) => track.averageBandwidth === undefined)).toBe(true);

    await videoIs(creator.client, videoId, 'ready');
    expect(await measuredBacklog()).toBeLessThanOrEqual(idleSeconds);
    // Manifests are kept for a while on their way to a viewer: the measured ones come when that is over.
    const final = await soon(
      async () => {
        const now = await listings(stream);
        expect(now[0].tracks[0]?.averageBandwidth).toBeGreaterThan(0);
        return now;
      },
      { seconds: 60, everySeconds: 1 },
    );
    for (const [i, planned] of early.entries()) {
      expect(planned.faults).toEqual([]);
      expect(disagreements(planned.tracks, final[i]?.tracks ?? [])).toEqual([]);
      const tracks = await Promise.all(planned.tracks.map((track) => fetchTrack(stream.read, track)));
      const audio = tracks.filter((track) => track.init.kind === 'audio');
      expect(bitrateFaults(tracks, audio, { kind: 'planned', capBps: capOf })).toEqual([]);
    }
  });
});
