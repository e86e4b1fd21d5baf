import { describe, expect, it } from 'vitest';
import { lowestHeight, qualityName, qualityNames } from '../../../../web/watch/player/qualities.ts';

const rungs = [
  { name: '360p', width: 640, height: 272 },
  { name: '1080p', width: 1920, height: 816 },
];

describe('the names of qualities', () => {
  it('are those of the ladder, also where the picture is not as high as its name', () => {
    expect(qualityName({ width: 1920, height: 816 }, rungs)).toBe('1080p');
  });

  it('follow the short side of a size that is not on the ladder', () => {
    expect(qualityName({ width: 720, height: 1280 }, rungs)).toBe('720p');
  });

  it('come best first and once each', () => {
    const tracks = [rungs[0], rungs[1], rungs[0], { width: null, height: null }].filter((track) => track !== undefined);
    expect(qualityNames(tracks, rungs)).toEqual(['1080p', '360p']);
  });

  it('know the cheapest one, which is asked for first while a title is being encoded', () => {
    expect(lowestHeight(rungs)).toBe(272);
    expect(lowestHeight([])).toBe(Number.POSITIVE_INFINITY);
  });
});
