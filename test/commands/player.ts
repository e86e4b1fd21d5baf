import type { Page } from 'playwright-core';
import type { VideoId } from '../../domain/ids.ts';
import { codeHeightShare, codeSampleHeight, codeSampleWidth, readCode } from './frame-code.ts';

/** A watch page, as somebody who watches uses it. Times in seconds. */

export const formats = ['hls', 'dash'] as const;

/** Goes to a video's watch page, and waits until its player knows what it plays. */
export async function watch(page: Page, videoId: VideoId, format?: (typeof formats)[number]): Promise<void> {
  await page.goto(`/watch/${videoId}${format === undefined ? '' : `?format=${format}`}`);
  await playerLoaded(page);
}

export const playerLoaded = (page: Page) => page.locator('[data-testid=player][data-phase=loaded]').waitFor();

export const pressPlay = (page: Page) => page.getByRole('button', { name: /^Play/ }).first().click();

/** The element itself. */
export const videoOf = (page: Page) => page.getByTestId('player').locator('video');

/** What is used of the page's video element. */
interface PageVideo {
  readonly videoWidth: number;
  readonly videoHeight: number;
  currentTime: number;
  readonly duration: number;
  readonly ended: boolean;
  readonly seeking: boolean;
  readonly webkitAudioDecodedByteCount: number;
}

export const seek = (page: Page, seconds: number) =>
  videoOf(page).evaluate((element, at) => {
    (element as unknown as PageVideo).currentTime = at;
  }, seconds);

/** Where a video stands. */
export const videoStatus = (page: Page) =>
  videoOf(page).evaluate((element) => {
    const { currentTime, duration, ended, seeking, webkitAudioDecodedByteCount } = element as unknown as PageVideo;
    return { currentTime, duration, ended, seeking, decodedAudioBytes: webkitAudioDecodedByteCount };
  });

/** The number burnt into the frame that is on the screen; undefined if there is none that can be read. */
export async function shownFrame(page: Page): Promise<number | undefined> {
  const samples = await videoOf(page).evaluate(
    (element, { width, height, share }) => {
      const video = element as unknown as PageVideo;
      const document = element.ownerDocument as unknown as { createElement(name: 'canvas'): Canvas };
      interface Canvas {
        width: number;
        height: number;
        getContext(kind: '2d'): {
          drawImage(...args: unknown[]): void;
          getImageData(...args: number[]): { data: Uint8ClampedArray };
        };
      }
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      context.drawImage(video, 0, 0, video.videoWidth, video.videoHeight * share, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      return Array.from({ length: width * height }, (_, i) => data[i * 4 + 1] ?? 0);
    },
    { width: codeSampleWidth, height: codeSampleHeight, share: codeHeightShare },
  );
  return readCode(Uint8Array.from(samples));
}
