import { describe, expect, it } from 'vitest';
import { played } from '../../../../web/watch/played-manifest.ts';

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
