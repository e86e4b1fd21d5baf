import { type Browser, chromium, type Page } from 'playwright-core';

/** A browser in which somebody waits for a title, signed in as its creator. */
export interface Viewer {
  /**
   * Opens the watch page of a title that is not there yet. What it answers resolves, in ms since the epoch, when a frame is
   * shown and sound has been decoded.
   */
  readonly waitAt: (videoId: string) => Promise<{ firstFrame: Promise<number> }>;
  readonly close: () => Promise<void>;
}

/** What is used of the page's video element; the second is Chromium's own. */
interface PageVideo {
  play(): Promise<void>;
  webkitAudioDecodedByteCount: number;
  addEventListener(type: 'loadedmetadata', listener: () => void): void;
  requestVideoFrameCallback(callback: () => void): void;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
];

/** How long a viewer waits at the most. */
const patienceMs = 15 * 60_000;

export async function openViewer(
  executablePath: string,
  site: string,
  account: { email: string; password: string },
): Promise<Viewer> {
  const browser: Browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext();
  const answer = await context.request.post(`${site}/api/auth/login`, {
    data: { ...account, session: 'browser' },
    headers: { origin: site },
  });
  if (!answer.ok()) throw new Error(`the viewer cannot sign in: ${answer.status()} ${await answer.text()}`);
  return {
    async waitAt(videoId) {
      const page = await context.newPage();
      await page.goto(`${site}/watch/${videoId}`);
      await page.getByTestId('not-yet').waitFor();
      return { firstFrame: firstFrame(page).finally(() => page.close()) };
    },
    close: () => browser.close(),
  };
}

async function firstFrame(page: Page): Promise<number> {
  const video = page.locator('video[data-testid="video"]');
  await video.waitFor({ state: 'attached', timeout: patienceMs });
  return video.evaluate(
    (element: PageVideo) =>
      new Promise<number>((resolve) => {
        const heard = () => element.webkitAudioDecodedByteCount > 0;
        const look = () => element.requestVideoFrameCallback(() => (heard() ? resolve(Date.now()) : look()));
        const play = () => void element.play().catch(() => undefined);
        element.addEventListener('loadedmetadata', play);
        play();
        look();
      }),
  );
}
