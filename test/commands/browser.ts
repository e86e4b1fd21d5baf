import { join, resolve } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
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

/** Somebody at a browser, until disposed of. */
export interface Visitor extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page's console and its uncaught errors complained about so far. */
  readonly complaints: readonly string[];
}

interface OpenBrowser {
  /** A fresh profile: no cookies, nothing stored; a desktop's unless `device` says otherwise. */
  readonly visitor: (device?: Pick<BrowserContextOptions, 'viewport' | 'hasTouch' | 'isMobile'>) => Promise<Visitor>;
  readonly close: () => Promise<void>;
}

/** A browser for the tests of a file: started before them, closed after them. */
export function browserOfFile(): Pick<OpenBrowser, 'visitor'> {
  let browser: OpenBrowser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  return {
    visitor(device) {
      if (browser === undefined) throw new Error('the browser has not been started');
      return browser.visitor(device);
    },
  };
}

async function openBrowser(): Promise<OpenBrowser> {
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
      return { context, page, complaints, [Symbol.asyncDispose]: () => context.close() };
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

/** Where pictures of pages are kept, for people to look at. */
export const screenshots = resolve(import.meta.dirname, '../../.sluice/screenshots');

/** Keeps a picture of a page, of all of it or of what is on the screen. */
export const shot = (page: Page, name: string, fullPage = false) =>
  page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });
