import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { codeHeightShare, codeSampleHeight, codeSampleWidth, readCode } from './frame-code.ts';
import { localCloud } from './local-cloud.ts';
import type { Person } from './people.ts';

/** Chromium as people use it, but with nothing that would call home, and playing without a click. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
];

export interface OpenBrowser {
  /** A fresh profile: no cookies, nothing stored; a desktop's unless `device` says otherwise. */
  readonly visitor: (device?: Pick<BrowserContextOptions, 'viewport' | 'hasTouch' | 'isMobile'>) => Promise<Visitor>;
  readonly close: () => Promise<void>;
}

/** Somebody at a browser. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page's console and its uncaught errors complained about so far. */
  readonly complaints: readonly string[];
}

export async function openBrowser(): Promise<OpenBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: flags,
  });
  return {
    async visitor(device = { viewport: { width: 1280, height: 800 } }) {
      const context = await browser.newContext({ baseURL: localCloud().site, ...device });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`);
      });
      return { context, page, complaints };
    },
    close: () => browser.close(),
  };
}

/** Signs a visitor in as this person, by the same call that the page makes. */
export async function signIn(
  { context }: Visitor,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<void> {
  const { site } = localCloud();
  const answer = await context.request.post('/api/auth/login', {
    data: { email, password, session: 'browser' },
    headers: { origin: site },
  });
  if (!answer.ok()) throw new Error(`sign-in was answered ${answer.status()}: ${await answer.text()}`);
}

/** Signs a visitor in on the page itself, which remembers it: what asks for a session before it shows anything needs that. */
export async function signInOnPage(
  { page }: Visitor,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<void> {
  await page.goto('/sign-in?next=/studio');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').first().fill(password);
  await page.locator('button[type=submit]').click();
  // Not by a pattern: that of the sign-in page ends alike.
  await page.waitForURL(({ pathname }) => pathname === '/studio');
}

/** What is used of the page's video element. */
interface PageVideo {
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly currentTime: number;
  readonly duration: number;
  readonly ended: boolean;
  readonly seeking: boolean;
  readonly webkitAudioDecodedByteCount: number;
}

/** Where a video stands. Times in seconds. */
export const videoStatus = (page: Page) =>
  page
    .getByTestId('player')
    .locator('video')
    .evaluate((element) => {
      const { currentTime, duration, ended, seeking, webkitAudioDecodedByteCount } = element as unknown as PageVideo;
      return { currentTime, duration, ended, seeking, decodedAudioBytes: webkitAudioDecodedByteCount };
    });

/** The number burnt into the frame that is on the screen; undefined if there is none that can be read. */
export async function shownFrame(page: Page): Promise<number | undefined> {
  const samples = await page
    .getByTestId('player')
    .locator('video')
    .evaluate(
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
