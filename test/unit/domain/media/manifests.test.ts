import * as fc from 'fast-check';
import * as HLS from 'hls-parser';
import { Parser as M3u8 } from 'm3u8-parser';
import { parse as parseMpd } from 'mpd-parser';
import { describe, expect, it } from 'vitest';
import { mpd } from '../../../../domain/media/dash.ts';
import { masterPlaylist, mediaPlaylists } from '../../../../domain/media/hls.ts';
import { manifests, mediaKeys } from '../../../../domain/media/manifests.ts';
import type { Plan } from '../../../../domain/media/plan.ts';
import { framesPerSecond } from '../../../../domain/media/rate.ts';
import { segmentCount, titleSeconds } from '../../../../domain/media/timeline.ts';
import { anyPlan } from './arbitrary.ts';

/** Long titles say nothing that short ones do not, and cost a parser seconds. */
const shortPlan = anyPlan.filter((plan) => segmentCount(plan) <= 400);

/** Bytes a segment, different for each, as a store would list them. */
const measuredOf = (plan: Plan) =>
  Object.fromEntries(
    mediaKeys(plan).map(({ track, segments }, t) => [
      track,
      segments.map((_, i) => 50_000 * (t + 1) + 997 * ((i * 7) % 13)),
    ]),
  );

const site = 'https://site.example/media/v/1/';

describe('the manifests of any title', () => {
  it('are read by independent parsers, list the same segments, and sum to the title within a frame', () => {
    fc.assert(
      fc.property(shortPlan, fc.boolean(), (plan, measured) => {
        const sizes = measured ? measuredOf(plan) : undefined;
        const frame = 1 / framesPerSecond(plan.rate);
        const master = HLS.parse(masterPlaylist(plan, sizes));
        if (!master.isMasterPlaylist) throw new Error('not a master playlist');
        expect(master.independentSegments).toBe(true);
        expect(master.variants.map((v) => v.uri)).toEqual(plan.rungs.map((r) => `${r.name}.m3u8`));
        const targets = Object.values(mediaPlaylists(plan)).map((text) => /TARGETDURATION:(\d+)/.exec(text)?.[1]);
        expect(new Set(targets).size).toBe(1);
        const chosen = [...masterPlaylist(plan).matchAll(/LANGUAGE="([^"]+)".*AUTOSELECT=YES/g)].map(([, tag]) => tag);
        expect(new Set(chosen).size).toBe(chosen.length);
        const dash = parseMpd(mpd(plan, sizes), { manifestUri: `${site}manifest.mpd` });
        for (const [track, text] of Object.entries(mediaPlaylists(plan))) {
          const strict = HLS.parse(text);
          if (strict.isMasterPlaylist) throw new Error('not a media playlist');
          const lenient = new M3u8();
          lenient.push(text);
          lenient.end();
          const uris = strict.segments.map((s) => new URL(s.uri, site).href);
          expect(lenient.manifest.segments.map((s) => new URL(s.uri, site).href)).toEqual(uris);
          expect(uris).toEqual(Array.from({ length: segmentCount(plan) }, (_, i) => `${site}${track}/${i + 1}.m4s`));
          const total = strict.segments.reduce((sum, s) => sum + s.duration, 0);
          expect(Math.abs(total - titleSeconds(plan))).toBeLessThanOrEqual(frame + 1e-4);
          expect(strict.targetDuration).toBeGreaterThanOrEqual(
            Math.max(...strict.segments.map((s) => Math.round(s.duration))),
          );
          const dashUris = dashSegments(dash, track);
          expect(dashUris).toEqual(uris);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('carry bounds before, and what was measured after', () => {
    fc.assert(
      fc.property(shortPlan, (plan) => {
        const before = HLS.parse(masterPlaylist(plan));
        if (!before.isMasterPlaylist) throw new Error('not a master playlist');
        before.variants.forEach((v, i) => {
          expect(v.bandwidth).toBeGreaterThanOrEqual((plan.rungs[i]?.maxrateBps ?? 0) * 1.1);
          expect(v.averageBandwidth).toBeUndefined();
        });
        const sizes = measuredOf(plan);
        const after = HLS.parse(masterPlaylist(plan, sizes));
        if (!after.isMasterPlaylist) throw new Error('not a master playlist');
        after.variants.forEach((v, i) => {
          if (plan.rungs[i]?.eager) {
            const bits = (sizes[plan.rungs[i]?.name ?? ''] ?? []).reduce((a, b) => a + b, 0) * 8;
            expect(v.averageBandwidth).toBeGreaterThanOrEqual(Math.floor(bits / titleSeconds(plan)));
            expect(v.bandwidth).toBeGreaterThanOrEqual((v.averageBandwidth ?? 0) * 0.9);
          } else expect(v.averageBandwidth).toBeUndefined();
        });
      }),
      { numRuns: 40 },
    );
  });

  it('are published entry points last', () => {
    fc.assert(
      fc.property(shortPlan, (plan) => {
        const entries = manifests(plan).map((m) => m.entry);
        expect(entries).toEqual([...entries].sort((a, b) => Number(a) - Number(b)));
        expect(entries.filter(Boolean)).toHaveLength(2);
      }),
      { numRuns: 20 },
    );
  });
});

/** URLs that mpd-parser finds for a track. */
function dashSegments(dash: ReturnType<typeof parseMpd>, track: string): string[] {
  const groups = Object.values(dash.mediaGroups.AUDIO['audio'] ?? {}).flatMap((g) => g.playlists);
  const found = [...dash.playlists, ...groups].find((p) => p.attributes.NAME === track);
  return (found?.segments ?? []).map((s) => s.resolvedUri);
}
