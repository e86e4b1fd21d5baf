import { describe, expect, it } from 'vitest';
import type { VideoId } from '../../../../domain/ids.ts';
import { nextVideos } from '../../../../web/watch/next/next-videos.ts';

const video = (name: string) => ({ videoId: name as VideoId });
const named = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => video(`${prefix}${i}`));
const shown = (...given: Parameters<typeof nextVideos>) => nextVideos(...given).map(({ videoId }) => videoId);

describe('what to watch next', () => {
  it('is the channel’s, then everybody’s: each once, and not what is being watched', () => {
    const channel = [video('a'), video('b')];
    const feed = [video('b'), video('c'), video('a'), video('d')];
    expect(shown('a' as VideoId, { channel, feed })).toEqual(['b', 'c', 'd']);
  });

  it('is five of the channel at first, so that others are seen, and twenty in all', () => {
    const next = shown('c0' as VideoId, { channel: named('c', 9), feed: [...named('c', 9), ...named('f', 30)] });
    expect(next.slice(0, 6)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
    expect(next).toHaveLength(20);
    expect(shown('c0' as VideoId, { channel: named('c', 9), feed: named('f', 3) })).toHaveLength(8);
  });

  it('is nothing where there is nothing else', () => {
    expect(nextVideos('a' as VideoId, { channel: [video('a')], feed: [video('a')] })).toEqual([]);
  });
});
