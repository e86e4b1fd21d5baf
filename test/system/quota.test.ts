import { expect, it } from 'vitest';
import { ApiError } from '../../client/client.ts';
import { environments } from '../../lib/config/environments.ts';
import { refusalOf } from '../commands/calls.ts';
import { newCreator } from '../commands/people.ts';

const quota = environments().local.uploads;

it('of fifty uploads that begin at once exactly those are taken that fit, and what is given up makes room again', async () => {
  const { client } = await newCreator();
  // Seven of these fit into a day.
  const sizeBytes = Math.floor(quota.bytesPerDay / 7);
  const create = () =>
    client.upload.createUpload({ body: { fileName: 'large.mp4', contentType: 'video/mp4', sizeBytes } });
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
