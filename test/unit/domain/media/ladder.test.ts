import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rungsOf } from '../../../../domain/media/ladder.ts';
import { anyPicture } from './arbitrary.ts';

describe('the ladder', () => {
  it('never enlarges a picture, keeps its shape, and has even sizes', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const rungs = rungsOf(picture);
        for (const rung of rungs) {
          expect(rung.width % 2).toBe(0);
          expect(rung.height % 2).toBe(0);
          expect(rung.width).toBeLessThanOrEqual(picture.width * 1.005 + 1);
          expect(rung.height).toBeLessThanOrEqual(picture.height * 1.005 + 1);
          const scale = rung.width / picture.width;
          expect(Math.abs(rung.height - picture.height * scale)).toBeLessThanOrEqual(
            1 + picture.height / picture.width + 1,
          );
        }
        const widths = rungs.map((r) => r.width * r.height);
        expect(widths).toEqual([...widths].sort((a, b) => a - b));
        expect(new Set(rungs.map((r) => r.name)).size).toBe(rungs.length);
      }),
    );
  });

  const named = (width: number, height: number) =>
    rungsOf({ width, height }).map((r) => `${r.name} ${r.width}x${r.height}`);

  it('goes up to the source for 16:9', () => {
    expect(named(1920, 1080)).toEqual(['360p 640x360', '480p 854x480', '720p 1280x720', '1080p 1920x1080']);
    expect(named(3840, 2160).at(-1)).toBe('2160p 3840x2160');
  });

  it('stands on its side for portrait', () => {
    expect(named(1080, 1920)).toEqual(['360p 360x640', '480p 480x854', '720p 720x1280', '1080p 1080x1920']);
  });

  it('counts a scope film of full width as the rung whose width it fills', () => {
    expect(named(1920, 800).at(-1)).toBe('1080p 1920x800');
  });

  it('gives a picture below the ladder one rung of its own size', () => {
    expect(named(320, 240)).toEqual(['240p 320x240']);
  });

  it('names level and profile in the codec string', () => {
    expect(rungsOf({ width: 3840, height: 2160 }).map((r) => r.codec)).toEqual([
      'avc1.64001e',
      'avc1.64001f',
      'avc1.64001f',
      'avc1.640028',
      'avc1.640032',
      'avc1.640033',
    ]);
  });
});
