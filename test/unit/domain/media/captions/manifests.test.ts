import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Caption, captionLabel } from '../../../../../domain/media/captions/captions.ts';
import { manifests } from '../../../../../domain/media/manifests.ts';
import { segmentCount } from '../../../../../domain/media/timeline.ts';
import { listedText } from '../../../../commands/captions-listing.ts';
import { anyPlan } from '../arbitrary.ts';

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
const anyCaptions: fc.Arbitrary<Caption[]> = fc.uniqueArray(
  fc.record({
    name: fc.string({ unit: fc.constantFrom(...'abc123'), minLength: 1, maxLength: 9 }),
    language: fc.constantFrom('en', 'pt-BR', 'zh-Hant', 'und'),
    kind: fc.constantFrom('subtitles', 'captions', 'forced'),
    label: fc
      .oneof(
        fc.constantFrom('English', 'say "hi"', 'a,b=c', '<b>&amp;', 'line\nbreak', '\u0001', ']]>', '名前'),
        fc.string({ minLength: 1, maxLength: 12 }),
      )
      .map((given) => captionLabel(given, 'en', 'subtitles'))
      // One of the parsers keeps labels as names of an object's properties, and trips over those that every object has.
      .filter((label) => !(label in {})),
    origin: fc.constant('uploaded'),
    digest: hex,
    sizeBytes: fc.integer({ min: 1, max: 800_000 }),
    cues: fc.constant(1),
    updatedAt: fc.constant(0),
  }),
  { maxLength: 5, selector: ({ digest }) => digest },
);

it('any captions are listed by both manifests of any title, whatever their labels hold, as independent parsers read', async () => {
  const roles = { subtitles: 'subtitle', captions: 'caption', forced: 'forced-subtitle' };
  await fc.assert(
    fc.asyncProperty(
      anyPlan.filter((plan) => segmentCount(plan) <= 50),
      anyCaptions,
      async (plan, captions) => {
        const objects = new Map(manifests(plan, undefined, captions).map(({ key, body }) => [`/${key}`, body]));
        const at = `/media/${plan.videoId}/${plan.attempt}`;
        const read = async (path: string) => new TextEncoder().encode(objects.get(path) ?? expect.fail(path));
        // What each manifest makes of a label is its own; all else they list alike.
        const listed = await listedText(
          read,
          { hls: `${at}/master.m3u8`, dash: `${at}/manifest.mpd` },
          'without labels',
        );
        expect(listed.map(({ language, role, path }) => [language, role, path])).toEqual(
          captions.map(({ language, kind, digest }) => [
            language === 'und' ? undefined : language,
            roles[kind],
            `/media/${plan.videoId}/captions/${digest}.vtt`,
          ]),
        );
      },
    ),
    { numRuns: 60 },
  );
});
