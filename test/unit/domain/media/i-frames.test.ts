import * as fc from 'fast-check';
import * as hls from 'hls-parser';
import { describe, expect, it } from 'vitest';
import type { StoredSegment } from '../../../../domain/jobs/results.ts';
import { masterPlaylist } from '../../../../domain/media/hls.ts';
import { iFramePlaylists, iFrameStreams, keyFramesListed, keyFramesOf } from '../../../../domain/media/i-frames.ts';
import type { Plan } from '../../../../domain/media/plan.ts';
import { segmentCount, titleSeconds } from '../../../../domain/media/timeline.ts';
import { anyPlan } from './arbitrary.ts';

const shortPlan = anyPlan.filter((plan) => segmentCount(plan) <= 400);

/** Segments as jobs report them, of every track, in no order. */
const reported = (plan: Plan): StoredSegment[] =>
  [...plan.rungs, ...plan.audio].flatMap(({ name }, t) =>
    Array.from({ length: segmentCount(plan) }, (_, i): StoredSegment => {
      const number = segmentCount(plan) - i;
      const keyFrame = { offset: 20 + number, length: 5000 + 10 * number };
      return { track: name, number, sizeBytes: 90_000, ...(t < plan.rungs.length && { keyFrame }) };
    }),
  );

describe('the I-frame playlists of any title', () => {
  it('are read by hls-parser in strict mode: one range a segment, as long as the title together', () => {
    fc.assert(
      fc.property(shortPlan, (plan) => {
        const keyFrames = keyFramesOf(plan, reported(plan));
        const playlists = iFramePlaylists(plan, keyFrames);
        expect(
          Object.fromEntries(Object.entries(playlists).map(([rung, text]) => [rung, keyFramesListed(text)])),
        ).toEqual(keyFrames);
        expect(Object.keys(playlists)).toEqual(plan.rungs.map((rung) => rung.name));
        for (const [rung, text] of Object.entries(playlists)) {
          const playlist = hls.parse(text) as hls.types.MediaPlaylist;
          expect(playlist.isIFrame).toBe(true);
          expect(playlist.segments.map(({ uri, byterange }) => [uri, byterange?.offset, byterange?.length])).toEqual(
            Array.from({ length: segmentCount(plan) }, (_, i) => [`${rung}/${i + 1}.m4s`, 21 + i, 5010 + 10 * i]),
          );
          const total = playlist.segments.reduce((sum, { duration }) => sum + duration, 0);
          expect(total).toBeCloseTo(titleSeconds(plan), 3);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are named by the master playlist, by the rate of the pictures alone', () => {
    fc.assert(
      fc.property(shortPlan, (plan) => {
        const keyFrames = keyFramesOf(plan, reported(plan));
        const master = hls.parse(masterPlaylist(plan) + iFrameStreams(plan, keyFrames)) as hls.types.MasterPlaylist;
        const [played, pictures] = [false, true].map((is) => master.variants.filter((v) => !!v.isIFrameOnly === is));
        expect(played).toHaveLength(plan.rungs.length);
        expect(pictures?.map(({ uri }) => uri)).toEqual(plan.rungs.map(({ name }) => `${name}-iframes.m3u8`));
        for (const { bandwidth, averageBandwidth } of pictures ?? []) {
          const bits = Object.values(keyFrames)[0]?.reduce((sum, { length }) => sum + length * 8, 0) ?? 0;
          expect(averageBandwidth).toBeGreaterThanOrEqual(Math.floor(bits / titleSeconds(plan)));
          // The last segment may be a single frame, which is as large as others and lasts a moment: it never is a run of its own.
          expect(bandwidth).toBeGreaterThanOrEqual((averageBandwidth ?? 0) * 0.5);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are not of a rung of which a single picture is unknown', () => {
    fc.assert(
      fc.property(shortPlan, fc.nat(), (plan, which) => {
        const all = reported(plan);
        const lost = (which % segmentCount(plan)) + 1;
        const [lowest] = plan.rungs;
        const some = all.filter(({ track, number }) => track !== lowest?.name || number !== lost);
        expect(Object.keys(keyFramesOf(plan, some))).toEqual(plan.rungs.slice(1).map(({ name }) => name));
      }),
      { numRuns: 20 },
    );
  });
});
