import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, thumbnailOf } from '../../../../web/watch/player/thumbnails.ts';

it('a cue names a part of a sheet, by its address from the track', () => {
  expect(thumbnailOf('storyboard/3.jpg#xywh=192,108,192,108\n', 'https://a.example/media/v/1/storyboard.vtt')).toEqual({
    sheet: 'https://a.example/media/v/1/storyboard/3.jpg',
    x: 192,
    y: 108,
    width: 192,
    height: 108,
  });
  expect(thumbnailOf('<b>words</b>', 'https://a.example/storyboard.vtt')).toBeUndefined();
});

it('the cue of a time is the last that has begun', () => {
  const cues = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1 });
  fc.assert(
    fc.property(cues, fc.integer({ min: -10, max: 11_000 }), (starts, seconds) => {
      const sorted = starts.sort((a, b) => a - b).map((startTime) => ({ startTime }));
      expect(at(sorted, seconds)).toEqual(sorted.filter(({ startTime }) => startTime <= seconds).at(-1));
    }),
  );
});
