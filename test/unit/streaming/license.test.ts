import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../domain/access/policy.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import type { Video } from '../../../domain/video/video.ts';
import { streamingService } from '../../../lambdas/streaming/service.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as VideoId;
const ada = { userId: '11111111-1111-4111-8111-111111111111' as UserId, roles: ['creator'] } as unknown as Caller;
const bob = { userId: '22222222-2222-4222-8222-222222222222' as UserId, roles: ['viewer'] } as unknown as Caller;
const now = 1_000_000;
const keyId = '000102030405060708090a0b0c0d0e0f';
const kid = Buffer.from(keyId, 'hex').toString('base64url');
const video = {
  videoId,
  ownerId: ada.userId,
  visibility: 'public',
  state: 'ready',
  attempt: 2,
  contentKey: { attempt: 2, encryption: { scheme: 'cbcs', keyId, iv: keyId }, wrapped: 'sealed' },
} as unknown as Video;

const service = (record: Partial<Video>) =>
  streamingService(
    { get: async (id) => (id === videoId ? { ...video, ...record } : undefined) },
    { open: async (run, wrapped) => Buffer.from(`${wrapped} of ${run.attempt}`.padEnd(16).slice(0, 16)) },
  );

describe('a licence', () => {
  it('is the key of the title, opened for the attempt that it was made for', async () => {
    expect(await service({}).license(videoId, bob, { kids: ['AAAAAAAAAAAAAAAAAAAAAA', kid] }, now)).toEqual({
      keys: [{ kty: 'oct', kid, k: Buffer.from('sealed of 2     ').toString('base64url') }],
      type: 'temporary',
    });
  });

  it('is that of the attempt before too: who watches it goes on', async () => {
    const former = {
      attempt: 1,
      encryption: { scheme: 'cbcs' as const, keyId: 'f'.repeat(32), iv: keyId },
      wrapped: 'old',
    };
    const formerKid = Buffer.from(former.encryption.keyId, 'hex').toString('base64url');
    expect(await service({ formerKey: former }).license(videoId, bob, { kids: [formerKid] }, now)).toMatchObject({
      keys: [{ kid: formerKid, k: Buffer.from('old of 1        ').toString('base64url') }],
    });
  });

  it('is not given for another key, nor for a title in the clear', async () => {
    const other = { kids: ['AAAAAAAAAAAAAAAAAAAAAA'] };
    expect(await service({}).license(videoId, ada, other, now)).toMatchObject({ code: 'key-not-found' });
    expect(await service({ contentKey: undefined }).license(videoId, ada, { kids: [kid] }, now)).toMatchObject({
      code: 'key-not-found',
    });
  });

  it('is not given to those who would have to be members', async () => {
    expect(await service({ visibility: 'members' }).license(videoId, bob, { kids: [kid] }, now)).toMatchObject({
      code: 'membership-needed',
    });
  });

  it.each<[Partial<Video>, Caller | undefined]>([
    [{ visibility: 'private' }, bob],
    [{ publishAt: now + 1 }, bob],
    [{ visibility: 'private' }, undefined],
    [{ state: 'blocked' }, bob],
    [{ state: 'deleted' }, ada],
  ])('is not given to those who may not watch: %o', async (record, caller) => {
    expect(await service(record).license(videoId, caller, { kids: [kid] }, now)).toMatchObject({
      code: 'video-not-found',
    });
  });
});
