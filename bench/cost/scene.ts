import { randomUUID } from 'node:crypto';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type SluiceClient, sluiceClient } from '../../client/client.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import { isSettled } from '../../domain/video/life-cycle.ts';
import { demoClip } from '../../local/demo-clip.ts';
import { markKey } from '../../web/shared/session-mark.ts';
import type { BenchCloud } from '../cloud.ts';
import { upload } from '../uploading.ts';

/** Somebody at work on the site: by the API as a program, and in a browser. Every request of theirs is counted. */
export interface Actor {
  readonly userId: UserId;
  readonly client: SluiceClient;
  /** The bearer token of `client`. */
  readonly token: string;
  readonly credentials: { readonly email: string; readonly password: string };
  readonly refreshToken: string;
  /** Opens a page and stays until it has asked for all that it shows. */
  readonly visit: (path: string) => Promise<void>;
}

export interface Scene {
  /** Who has not signed in. */
  readonly anybody: SluiceClient;
  readonly creator: Actor;
  readonly viewer: Actor;
  /** Of the creator's: public and ready. */
  readonly videoId: VideoId;
  /** The clip that it was made of. */
  readonly file: string;
  /** API requests so far. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

/** The code that the local cloud takes from everybody who registers. */
const confirmationCode = '123456';

export const newcomer = () => ({ email: `${randomUUID()}@bench.example`, password: `Bench-${randomUUID()}` });

export async function register({ auth }: SluiceClient, credentials: ReturnType<typeof newcomer>): Promise<void> {
  await auth.register({ body: { ...credentials, name: 'Somebody' } });
  await auth.confirm({ body: { email: credentials.email, code: confirmationCode } });
}

/** When an access cookie of now is no longer good, in ms since the epoch. */
const inAQuarter = () => String(Date.now() + 15 * 60_000);

export async function setScene({ site }: BenchCloud): Promise<Scene> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  let requests = 0;
  const counted: typeof fetch = (...call) => {
    requests++;
    return fetch(...call);
  };

  const anybody = sluiceClient({ baseUrl: site, fetch: counted });

  const actor = async (): Promise<Actor> => {
    const credentials = newcomer();
    await register(anybody, credentials);
    const tokens = await anybody.auth.login({ body: { ...credentials, session: 'api' } });
    const context = await browser.newContext();
    await signInWith(context, site, credentials);
    // As the pages leave it behind when they sign somebody in: they ask nothing for whoever has not.
    await context.addInitScript(([key, until]) => localStorage.setItem(key, until), [markKey, inAQuarter()] as const);
    const client = sluiceClient({
      baseUrl: site,
      fetch: counted,
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    });
    return {
      userId: (await client.auth.me()).userId,
      client,
      token: tokens.accessToken ?? '',
      credentials,
      refreshToken: tokens.refreshToken ?? '',
      visit: async (path) => {
        const page: Page = await context.newPage();
        page.on('request', (request) => {
          if (new URL(request.url()).pathname.startsWith('/api/')) requests++;
        });
        await page.goto(site + path);
        await page.waitForLoadState('networkidle');
        await page.close({ runBeforeUnload: false });
      },
    };
  };

  const [creator, viewer] = [await actor(), await actor()];
  const file = await demoClip();
  const { videoId, complete } = await upload(creator.client, file);
  await complete();
  await creator.client.content.updateVideo({ params: { videoId }, body: { visibility: 'public' } });
  for (;;) {
    const { state } = await creator.client.content.getVideo({ params: { videoId } });
    if (state === 'ready') break;
    if (isSettled(state)) throw new Error(`the video is ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return { anybody, creator, viewer, videoId, file, requests: () => requests, close: () => browser.close() };
}

async function signInWith(context: BrowserContext, site: string, credentials: Actor['credentials']): Promise<void> {
  const answer = await context.request.post(`${site}/api/auth/login`, {
    data: { ...credentials, session: 'browser' },
    headers: { origin: site },
  });
  if (!answer.ok()) throw new Error(`they cannot sign in: ${answer.status()} ${await answer.text()}`);
}
