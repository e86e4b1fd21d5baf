import { describe, expect, it } from 'vitest';
import { encodedShare, played } from '../../../../web/watch/played-manifest.ts';

describe('what a page plays', () => {
  it.each([
    [
      'stays while its title is processed anew',
      { title: 'a hls', manifest: '/1' },
      { title: 'a hls', manifest: '/2' },
      '/1',
    ],
    ['begins once there is something', { title: 'a hls', manifest: null }, { title: 'a hls', manifest: '/1' }, '/1'],
    [
      'ends when there is nothing any more',
      { title: 'a hls', manifest: '/1' },
      { title: 'a hls', manifest: null },
      null,
    ],
    ['is another title', { title: 'a hls', manifest: '/1' }, { title: 'b hls', manifest: '/9' }, '/9'],
  ])('%s', (_, before, offered, manifest) => {
    expect(played(before, offered).manifest).toBe(manifest);
  });
});

it('while a title is being encoded a share of it is there, but for whoever stays with the attempt before', () => {
  const newest = { progress: 0.3, hls: '/2/master.m3u8', dash: '/2/manifest.mpd' };
  expect(encodedShare('/2/master.m3u8', { ...newest, state: 'playable' })).toBe(0.3);
  expect(encodedShare('/2/manifest.mpd', { ...newest, state: 'playable' })).toBe(0.3);
  expect(encodedShare('/1/master.m3u8', { ...newest, state: 'playable' })).toBe(1);
  // Processed anew: what is offered is still the attempt before, and the progress is not its own.
  expect(encodedShare('/1/master.m3u8', { state: 'processing', progress: 0, hls: '/1/master.m3u8', dash: null })).toBe(
    1,
  );
});
