import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../client/registry.ts';
import type { UploadId, VideoId } from '../../domain/ids.ts';
import { callRoute } from '../commands/calls.ts';
import { newCreator, type Person } from '../commands/people.ts';
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

const unauthenticated = { status: 401, problem: { code: 'unauthenticated' } };

describe('nobody', () => {
  it("does not see a private video, by anybody's name for it", async () => {
    expect(await callRoute(registry.streaming.playback, { params: theirs })).toMatchObject({
      problem: { code: 'video-not-found' },
    });
  });
});

describe('somebody else', () => {
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
  /** Made of a good token. */
  const forgeries: Record<string, (token: string) => string> = {
    garbage: () => 'garbage',
    'three words with dots': () => 'a.b.c',
    'a secret with its end turned round': (token) => token.replace(/.{10}$/, (end) => [...end].reverse().join('')),
    'no secret': (token) => token.replace(/[^.]+$/, ''),
    'a secret of their own making': (token) => token.replace(/[^.]+$/, randomBytes(32).toString('base64url')),
    'the secret of their own session': (token) => token.replace(/[^.]+$/, stranger.token.split('.')[2] ?? ''),
    'ten thousand letters': () => 'x'.repeat(10_000),
  };

  it.each(Object.keys(forgeries))('%s', async (name) => {
    const token = forgeries[name]?.(creator.token) ?? '';
    expect(await callRoute(registry.auth.me, { token })).toMatchObject(unauthenticated);
    expect(await callRoute(registry.upload.getUpload, { token, params: theirs })).toMatchObject(unauthenticated);
  });

  it('a refresh token in the place of an access token', async () => {
    const { email, password } = creator;
    const { refreshToken } = await creator.client.auth.login({ body: { email, password, session: 'api' } });
    expect(await callRoute(registry.auth.me, { token: refreshToken ?? '' })).toMatchObject(unauthenticated);
  });
});
