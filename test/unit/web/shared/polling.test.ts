import { describe, expect, it } from 'vitest';
import type { VideoState } from '../../../../domain/video/video.ts';
import { pollingIntervalMs } from '../../../../web/shared/polling.ts';

const now = 1_000_000_000;
const justNow = now - 1000;
const longAgo = now - 3_600_000;
const video = (state: VideoState, updatedAt: number, progress = 0) => ({ state, updatedAt, progress });

describe('how often videos are asked for', () => {
  it('asks every second while a video is being prepared, since it is playable within three', () => {
    expect(pollingIntervalMs([video('processing', justNow)], now)).toBeLessThanOrEqual(1000);
  });

  it('asks less often while the rest is being encoded, and seldom when nothing is under way', () => {
    const preparing = pollingIntervalMs([video('processing', justNow)], now);
    const encoding = pollingIntervalMs([video('playable', justNow)], now);
    const idle = pollingIntervalMs([video('ready', longAgo)], now);
    expect(encoding).toBeGreaterThan(preparing);
    expect(idle).toBeGreaterThan(5 * encoding);
    expect(pollingIntervalMs([], now)).toBe(idle);
  });

  it('slows down for a video of which nothing has been heard for a while', () => {
    const stuck = pollingIntervalMs([video('processing', longAgo)], now);
    expect(stuck).toBeGreaterThan(pollingIntervalMs([video('processing', justNow)], now));
  });

  it('notices soon that an upload has ended, and does not hurry for one that was left', () => {
    const begun = pollingIntervalMs([video('uploading', justNow)], now);
    expect(begun).toBeLessThanOrEqual(1000);
    expect(pollingIntervalMs([video('uploading', longAgo)], now)).toBeGreaterThan(3 * begun);
  });

  it('hurries once the last part of a file is on its way, and keeps looking if that takes long', () => {
    const last = pollingIntervalMs([video('uploading', justNow, 1)], now);
    expect(last).toBe(pollingIntervalMs([video('processing', justNow)], now));
    expect(pollingIntervalMs([video('uploading', longAgo, 1)], now)).toBeLessThanOrEqual(1000);
    expect(pollingIntervalMs([video('uploading', justNow, 0.95)], now)).toBeGreaterThan(last);
  });

  it('follows the video that changes soonest', () => {
    const videos = [video('ready', longAgo), video('processing', justNow), video('playable', justNow)];
    expect(pollingIntervalMs(videos, now)).toBe(pollingIntervalMs(videos.slice(1, 2), now));
  });
});
