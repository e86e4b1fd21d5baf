import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ApiError } from '../../client/client.ts';
import { registry } from '../../client/registry.ts';
import { environments } from '../../lib/config/environments.ts';
import { callRoute, refusalOf } from '../commands/calls.ts';
import { newCreator } from '../commands/people.ts';

const quota = environments().local.uploads;

it('of fifty uploads that begin at once exactly those are taken that fit, and what is given up makes room again', async () => {
  const { client } = await newCreator();
  // Seven of these fit into a day.
  const sizeBytes = Math.floor(quota.bytesPerDay / 7);
  const create = () =>
    client.upload.createUpload({ body: { fileName: 'large.mp4', contentType: 'video/mp4', sizeBytes } });
  // Functions start cold, and many at once slowly; that is no part of this.
  await Promise.allSettled(Array.from({ length: 50 }, () => client.upload.getQuota()));
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, create));

  const begun = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(begun).toHaveLength(7);
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    if (!(outcome.reason instanceof ApiError)) throw outcome.reason;
    expect(outcome.reason.problem).toMatchObject({ code: 'quota-exceeded', quota: 'bytesPerDay', status: 403 });
  }
  const used = async () => {
    const { uploadsPerDay, bytesPerDay, keptBytes } = await client.upload.getQuota();
    return [uploadsPerDay.used, bytesPerDay.used, keptBytes.used];
  };
  expect(await used()).toEqual([7, 7 * sizeBytes, 7 * sizeBytes]);
  expect((await client.upload.listUploads()).uploads).toHaveLength(7);

  const [first] = begun;
  if (first === undefined) throw new Error('nothing was begun');
  const abort = () => client.upload.abortUpload({ params: { uploadId: first.uploadId } });
  await Promise.all([abort(), abort(), abort()]);
  expect(await used()).toEqual([6, 6 * sizeBytes, 6 * sizeBytes]);
  await create();
  expect((await refusalOf(create())).code).toBe('quota-exceeded');
});

it('an upload that is begun again with the same key is the same one, also when both begin at once', async () => {
  const { client, token } = await newCreator();
  const idempotencyKey = randomUUID();
  const body = { fileName: 'once.mp4', contentType: 'video/mp4', sizeBytes: 1000 };
  const create = () => client.upload.createUpload({ idempotencyKey, body });
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, create));
  const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  for (const outcome of outcomes)
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({ problem: { code: 'request-in-progress' } });
  expect(answers.length).toBeGreaterThan(0);

  const again = await create();
  for (const answer of answers) expect(answer).toEqual(again);
  expect((await client.upload.listUploads()).uploads.map(({ uploadId }) => uploadId)).toEqual([again.uploadId]);
  expect((await client.upload.getQuota()).uploadsPerDay.used).toBe(1);

  const headers = { 'idempotency-key': `"${idempotencyKey}"` };
  const replayed = await callRoute(registry.upload.createUpload, {
    token,
    body: { ...body, visibility: 'private' },
    headers,
  });
  expect([replayed.status, replayed.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  const other = await callRoute(registry.upload.createUpload, { token, body: { ...body, sizeBytes: 1001 }, headers });
  expect(other).toMatchObject({ status: 422, problem: { code: 'idempotency-key-reused' } });
});
