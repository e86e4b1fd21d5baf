import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VideoId } from '../../../domain/ids.ts';
import { leftOf, raised } from '../../../domain/jobs/raise.ts';
import { initKey, parseMediaKey, segmentKey } from '../../../domain/media/paths.ts';
import { chunks, segmentCount } from '../../../domain/media/timeline.ts';
import { anyPlan } from '../domain/media/arbitrary.ts';

const run = { videoId: '01JD0000000000000000000000' as VideoId, attempt: 1 };

describe('what a viewer asks for', () => {
  it('is made by one job for each segment of each rung; audio comes with the lowest', () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(), fc.nat(), (plan, which, far) => {
        const number = 1 + (far % segmentCount(plan));
        const tracks = [...plan.rungs, ...plan.audio].map((t) => t.name);
        const track = tracks[which % tracks.length] ?? '';
        const path = parseMediaKey(segmentKey(run.videoId, 1, track, number));
        if (path === undefined) return expect.fail('the key of a segment is one');
        expect(path).toEqual({ ...run, track, number });
        const rung = plan.rungs.some((r) => r.name === track) ? track : plan.rungs[0]?.name;
        expect(raised(plan, run, path)).toEqual({ kind: 'segment', ...run, rung, number });
        const init = parseMediaKey(initKey(run.videoId, 1, track));
        expect(init && raised(plan, run, init)).toEqual({ kind: 'segment', ...run, rung, number: 1 });
      }),
    );
  });

  it('is nothing where the plan lists nothing', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        expect(raised(plan, run, { track: '360p', number: segmentCount(plan) + 1 })).toBeUndefined();
        expect(raised(plan, run, { track: 'nosuch', number: 1 })).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  it.each(['0.m4s', '01.m4s', '1.mp4', 'init.m4s', '-1.m4s', '1e3.m4s', '1.m4s/', '9999999999.m4s', '../360p/1.m4s'])(
    'has one name only: not %s',
    (name) => expect(parseMediaKey(`media/${run.videoId}/1/360p/${name}`)).toBeUndefined(),
  );
});

describe('what is left of a chunk', () => {
  it('is all of it where nobody has asked, and never less than what is missing', () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat())), (plan, which, made) => {
        const all = chunks(plan);
        const chunk = all[which % all.length];
        if (chunk === undefined) return;
        const eager = plan.rungs.filter((rung) => rung.eager);
        expect(leftOf(plan, chunk, [])).toEqual({ rungs: eager, audio: plan.audio });
        const tracks = [...eager, ...plan.audio].map((t) => t.name);
        const length = chunk.lastSegment - chunk.firstSegment + 1;
        const segments = made.map(([t, n]) => ({
          track: tracks[t % tracks.length] ?? '',
          number: chunk.firstSegment + (n % length),
          sizeBytes: 1,
        }));
        const left = leftOf(plan, chunk, [{ result: { segments, cpuSeconds: 0, wallSeconds: 0 } }]);
        const encoded = new Set([...left.rungs, ...left.audio].map((t) => t.name));
        for (const track of tracks) {
          const there = new Set(segments.filter((s) => s.track === track).map((s) => s.number)).size === length;
          if (!there) expect(encoded).toContain(track);
        }
        if (left.audio.length > 0) expect(left.rungs.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is nothing where viewers have had all of it made', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const [chunk] = chunks(plan);
        if (chunk === undefined) return;
        const segments = [...plan.rungs, ...plan.audio].flatMap(({ name: track }) =>
          Array.from({ length: chunk.lastSegment }, (_, i) => ({ track, number: i + 1, sizeBytes: 1 })),
        );
        const left = leftOf(plan, chunk, [{ result: { segments, cpuSeconds: 0, wallSeconds: 0 } }]);
        expect(left).toEqual({ rungs: [], audio: [] });
      }),
      { numRuns: 30 },
    );
  });
});
