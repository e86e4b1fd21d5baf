import { describe, expect, it } from 'vitest';
import { pollingIntervalMs } from '../../../../web/shared/polling.ts';

const now = 1_000_000_000;
const justNow = now - 1000;
const longAgo = now - 3_600_000;

describe('how often videos are asked for', () => {
  it('asks every second while a video is being prepared, since it is playable within three', () => {
    expect(pollingIntervalMs([{ state: 'processing', updatedAt: justNow }], now)).toBeLessThanOrEqual(1000);
  });

  it('asks less often while the rest is being encoded, and seldom when nothing is under way', () => {
    const preparing = pollingIntervalMs([{ state: 'processing', updatedAt: justNow }], now);
    const encoding = pollingIntervalMs([{ state: 'playable', updatedAt: justNow }], now);
    const idle = pollingIntervalMs([{ state: 'ready', updatedAt: longAgo }], now);
    expect(encoding).toBeGreaterThan(preparing);
    expect(idle).toBeGreaterThan(5 * encoding);
    expect(pollingIntervalMs([], now)).toBe(idle);
  });

  it('slows down for a video of which nothing has been heard for a while', () => {
    const stuck = pollingIntervalMs([{ state: 'processing', updatedAt: longAgo }], now);
    expect(stuck).toBeGreaterThan(pollingIntervalMs([{ state: 'processing', updatedAt: justNow }], now));
  });

  it('notices soon that an upload has ended, and does not hurry for one that was left', () => {
    const begun = pollingIntervalMs([{ state: 'uploading', updatedAt: justNow }], now);
    expect(begun).toBeLessThanOrEqual(1000);
    expect(pollingIntervalMs([{ state: 'uploading', updatedAt: longAgo }], now)).toBeGreaterThan(3 * begun);
  });

  it('follows the video that changes soonest', () => {
    const videos = [
      { state: 'ready', updatedAt: longAgo },
      { state: 'processing', updatedAt: justNow },
      { state: 'playable', updatedAt: justNow },
    ] as const;
    expect(pollingIntervalMs(videos, now)).toBe(pollingIntervalMs([videos[1]], now));
  });
});
