import { createHmac } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { registry } from '../../client/registry.ts';
import type { UploadId, VideoId } from '../../domain/ids.ts';
import { allRoutes, callRoute, unknownIds } from '../commands/calls.ts';
import { awsConfig, localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person, signedIn } from '../commands/people.ts';
import { beginUpload } from '../commands/uploads.ts';

let creator: Person;
let stranger: Person;
/** Of the creator: private, and being uploaded. */
let theirs: { readonly videoId: VideoId; readonly uploadId: UploadId };

beforeAll(async () => {
  [creator, stranger] = await Promise.all([newCreator(), newCreator()]);
  const { videoId, uploadId } = await beginUpload(creator.client, Buffer.from('private'), { fileName: 'private.mp4' });
  theirs = { videoId, uploadId };
});

const guarded = allRoutes.filter(([, { access }]) => access.kind !== 'anyone');
const owned = allRoutes.filter(([, { access }]) => access.kind === 'owner');
const unauthenticated = { status: 401, problem: { code: 'unauthenticated' } };

describe('nobody', () => {
  it.each(guarded)('%s is for people who are signed in', async (_, route) => {
    const answer = await callRoute(route);
    expect(answer).toMatchObject(unauthenticated);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
    expect(answer.headers.get('x-request-id')).toBe(answer.problem?.requestId);
  });

  it("does not see a private video, by anybody's name for it", async () => {
    expect(await callRoute(registry.streaming.playback, { params: theirs })).toMatchObject({
      problem: { code: 'video-not-found' },
    });
  });
});

describe('somebody else', () => {
  it.each(owned)('%s is answered as if there were no such thing', async (_, route) => {
    const foreign = await callRoute(route, { token: stranger.token, params: { ...unknownIds(), ...theirs } });
    const unknown = await callRoute(route, { token: stranger.token });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.problem, requestId: '' }).toEqual({ ...unknown.problem, requestId: '' });
  });

  it('does not see a private video', async () => {
    const answer = await callRoute(registry.streaming.playback, { token: stranger.token, params: theirs });
    expect(answer).toMatchObject({ status: 404, problem: { code: 'video-not-found' } });
  });

  it('finds neither in their own lists', async () => {
    expect((await stranger.client.content.listCreatorVideos()).videos).toEqual([]);
    expect((await stranger.client.upload.listUploads()).uploads).toEqual([]);
    expect((await creator.client.upload.listUploads()).uploads).toMatchObject([theirs]);
  });
});

describe('credentials that are no good', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };

  /** Made of a good token. */
  const forgeries: Record<string, (token: string) => string> = {
    garbage: () => 'garbage',
    'three words with dots': () => 'a.b.c',
    'a signature with a letter changed': (token) => token.replace(/.{10}$/, (end) => [...end].reverse().join('')),
    'claims of somebody else under the old signature': (token) => {
      const [head, , sign] = token.split('.');
      return [head, encoded({ ...claimsOf(token), sub: stranger.userId }), sign].join('.');
    },
    'no algorithm': (token) => `${encoded({ alg: 'none', typ: 'JWT' })}.${token.split('.')[1]}.`,
    'a signature of their own making': (token) => {
      const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${token.split('.')[1]}`;
      return `${signed}.${createHmac('sha256', 'secret').update(signed).digest('base64url')}`;
    },
    'ten thousand letters': () => 'x'.repeat(10_000),
  };

  it.each(Object.keys(forgeries))('%s', async (name) => {
    const token = forgeries[name]?.(creator.token) ?? '';
    expect(await callRoute(registry.auth.me, { token })).toMatchObject(unauthenticated);
    expect(await callRoute(registry.upload.getUpload, { token, params: theirs })).toMatchObject(unauthenticated);
  });

  it('a token of a session that has been ended', async () => {
    const session = await signedIn(creator);
    await session.client.auth.logout();
    expect(await callRoute(registry.auth.me, { token: session.token })).toMatchObject({
      status: 401,
      problem: { code: 'session-ended' },
    });
    expect((await creator.client.auth.me()).userId).toBe(creator.userId);
  });

  it('a refresh token in the place of an access token', async () => {
    const { email, password } = creator;
    const { refreshToken } = await creator.client.auth.login({ body: { email, password, session: 'api' } });
    expect(await callRoute(registry.auth.me, { token: refreshToken ?? '' })).toMatchObject(unauthenticated);
  });

  it('an access token that has expired', async () => {
    await using _short = await tokensOfOneSecond();
    const { token } = await signedIn(creator);
    await vi.waitFor(() => expect(claimsOf(token).exp * 1000).toBeLessThan(Date.now()), { timeout: 10_000 });
    expect(await callRoute(registry.auth.me, { token })).toMatchObject(unauthenticated);
  });
});

/** Access tokens that are given out from now on are good for a second. */
async function tokensOfOneSecond(): Promise<AsyncDisposable> {
  const cognito = new CognitoIdentityProviderClient(awsConfig());
  const { UserPoolId, UserPoolClientId: ClientId } = localCloud().outputs;
  const { UserPoolClient: usual } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  const last = async (AccessTokenValidity: number | undefined, AccessToken: 'seconds' | 'minutes') => {
    const TokenValidityUnits = { ...usual?.TokenValidityUnits, AccessToken };
    await cognito.send(
      new UpdateUserPoolClientCommand({ ...usual, UserPoolId, ClientId, AccessTokenValidity, TokenValidityUnits }),
    );
  };
  await last(1, 'seconds');
  return { [Symbol.asyncDispose]: () => last(usual?.AccessTokenValidity, 'minutes') };
}
