import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountAt } from '../../../cli/credentials.ts';
import { signedInClient } from '../../../cli/session.ts';
import { chooseSite, signIn } from '../../../cli/sign-in.ts';

/** A site whose tokens rotate, and whose session ends when a refresh token is used twice. */
async function site(firstLifetimeSeconds: number) {
  let issued = 0;
  let ended = false;
  let refused = '';
  const seen = { refreshes: 0, lists: 0 };
  const tokens = () => {
    issued += 1;
    const expiresInSeconds = issued === 1 ? firstLifetimeSeconds : 600;
    return { accessToken: `access-${issued}`, refreshToken: `refresh-${issued}`, expiresInSeconds };
  };
  const problem = (code: string) => ({ type: 'x', title: 'No', status: 401, code, detail: 'No.', requestId: 'r' });
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/api/auth/login') return answer(200, tokens());
    if (request.url === '/api/auth/refresh-token') {
      seen.refreshes += 1;
      const { refreshToken } = (await json(request)) as { refreshToken: string };
      ended ||= refreshToken !== `refresh-${issued}`;
      return ended ? answer(401, problem('session-ended')) : answer(200, tokens());
    }
    const valid = `access-${issued}`;
    if (ended || valid === refused || request.headers.authorization !== `Bearer ${valid}`)
      return answer(401, problem('session-ended'));
    seen.lists += 1;
    return answer(200, { videos: [], cursor: null });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    /** The access token is refused from now on, though its time is not over. */
    refuseAccess: () => {
      refused = `access-${issued}`;
    },
    endSession: () => {
      ended = true;
    },
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}

let folder: string;
let open: Awaited<ReturnType<typeof site>> | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  vi.stubEnv('XDG_CONFIG_HOME', folder);
  vi.stubEnv('SLUICE_SITE', undefined);
});
afterEach(async () => {
  await open?.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const signedIn = async (firstLifetimeSeconds: number) => {
  open = await site(firstLifetimeSeconds);
  await signIn(open.origin, { email: 'a@example.com', password: 'secret', askCode: async () => '' });
  const client = signedInClient(open.origin);
  return { ...open, list: () => client.content.listCreatorVideos() };
};

describe('a signed-in command line', () => {
  it('keeps its tokens where nobody else can read them', async () => {
    const { origin } = await signedIn(600);
    const file = join(folder, 'sluice', 'credentials.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'sluice'))).toEqual(['credentials.json']);
    expect(await chooseSite(undefined)).toBe(origin);
  });

  it('refreshes its session before the access token ends, and uses the new one from then on', async () => {
    const { origin, list, seen } = await signedIn(1);
    await list();
    expect(seen).toEqual({ refreshes: 1, lists: 1 });
    expect((await accountAt(origin))?.refreshToken).toBe('refresh-2');
  });

  it('meets a refusal with a new token and the same request again', async () => {
    const { list, refuseAccess, seen } = await signedIn(600);
    refuseAccess();
    await list();
    expect(seen).toEqual({ refreshes: 1, lists: 1 });
  });

  it('uses a refresh token once, however many commands run at the same time', async () => {
    const { list, seen } = await signedIn(1);
    await Promise.all([list(), list(), list(), list()]);
    expect(seen).toEqual({ refreshes: 1, lists: 4 });
  });

  it('says that the session has ended, forgets it, and keeps to the site for the next sign-in', async () => {
    const { origin, list, endSession } = await signedIn(600);
    endSession();
    await expect(list()).rejects.toMatchObject({
      code: 'session-ended',
      message: expect.stringContaining('sluice login'),
    });
    expect(await accountAt(origin)).toBeUndefined();
    expect(await chooseSite(undefined)).toBe(origin);
    await expect(list()).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  it('says that nothing answers when the site is down', async () => {
    const { list, close } = await signedIn(600);
    await close();
    open = undefined;
    await expect(list()).rejects.toMatchObject({
      code: 'site-unreachable',
      message: expect.stringContaining('Nothing answers'),
    });
  });
});

it('is told a site that is no address', async () => {
  await expect(chooseSite('not a site')).rejects.toMatchObject({ code: 'site-invalid' });
});
