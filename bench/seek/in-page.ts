import type { Page } from 'playwright-core';
import { codeHeightShare, codeSampleHeight, codeSampleWidth, readCode } from '../../test/commands/frame-code.ts';

/** A seek as the page has seen it. Times are milliseconds since the epoch. */
export interface Seen {
  readonly soughtAt: number;
  /** When a frame of the place was shown, with sound decoded; undefined if none was for as long as one waits. */
  readonly shownAt: number | undefined;
  /** The number burnt into that frame. */
  readonly number: number | undefined;
  /** What was fetched since the seek. */
  readonly fetched: readonly Fetched[];
}

export interface Fetched {
  readonly path: string;
  readonly askedAt: number;
  readonly doneAt: number;
}

/** What is used of the page; `webkitAudioDecodedByteCount` is Chromium's own. */
interface PageVideo {
  currentTime: number;
  readonly webkitAudioDecodedByteCount: number;
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly ownerDocument: { createElement(name: 'canvas'): PageCanvas };
  requestVideoFrameCallback(callback: (now: number, frame: { mediaTime: number }) => void): void;
}
interface PageCanvas {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    drawImage(...args: unknown[]): void;
    getImageData(...args: number[]): { data: Uint8ClampedArray };
  };
}

/** A frame so near the place that was sought is of it: it may have played on for a moment. Seconds. */
export const nearSeconds = 1;

/**
 * Seeks, and looks at each frame that is shown until one is of the place that was sought. The page does it alone: who asks it
 * all the time takes processor time from what is measured.
 */
export async function seekInPage(page: Page, to: number, patienceMs: number): Promise<Seen> {
  const look = {
    to,
    patienceMs,
    nearSeconds,
    width: codeSampleWidth,
    height: codeSampleHeight,
    share: codeHeightShare,
  };
  const { samples, ...seen } = await page
    .getByTestId('player')
    .locator('video')
    .evaluate((element, of) => {
      const video = element as unknown as PageVideo;
      performance.clearResourceTimings();
      const heardBefore = video.webkitAudioDecodedByteCount;
      const epoch = performance.timeOrigin;
      const soughtAt = epoch + performance.now();
      const canvas = video.ownerDocument.createElement('canvas');
      Object.assign(canvas, { width: of.width, height: of.height });
      const fetched = () =>
        (
          performance.getEntriesByType('resource') as unknown as {
            name: string;
            startTime: number;
            responseEnd: number;
          }[]
        )
          .filter(({ responseEnd }) => responseEnd > 0)
          .map(({ name, startTime, responseEnd }) => ({
            path: new URL(name).pathname,
            askedAt: epoch + startTime,
            doneAt: epoch + responseEnd,
          }));
      video.currentTime = of.to;
      return new Promise<Omit<Seen, 'number'> & { samples: number[] }>((resolve) => {
        const end = (shownAt: number | undefined, samples: number[]) =>
          resolve({ soughtAt, shownAt, samples, fetched: fetched() });
        setTimeout(() => end(undefined, []), of.patienceMs);
        const heard = (samples: number[]) => {
          if (video.webkitAudioDecodedByteCount > heardBefore) end(epoch + performance.now(), samples);
          else setTimeout(() => heard(samples), 10);
        };
        const next = () =>
          video.requestVideoFrameCallback((_, { mediaTime }) => {
            if (mediaTime < of.to - 0.1 || mediaTime > of.to + of.nearSeconds) return next();
            const context = canvas.getContext('2d');
            context.drawImage(video, 0, 0, video.videoWidth, video.videoHeight * of.share, 0, 0, of.width, of.height);
            const { data } = context.getImageData(0, 0, of.width, of.height);
            heard(Array.from({ length: of.width * of.height }, (_, i) => data[i * 4 + 1] ?? 0));
          });
        next();
      });
    }, look);
  return { ...seen, number: seen.shownAt === undefined ? undefined : readCode(Uint8Array.from(samples)) };
}
