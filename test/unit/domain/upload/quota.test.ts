import { expect, it } from 'vitest';
import type { UserId } from '../../../../domain/ids.ts';
import { type QuotaUse, usedAt } from '../../../../domain/upload/quota.ts';
import { quotaTake } from '../../../../platform/records/quotas.ts';

const quota = { uploadsPerDay: 2, bytesPerDay: 100, keptBytes: 1000 };
const upload = { ownerId: 'aaaaaaaa-0000-4000-8000-000000000001' as UserId, sizeBytes: 10 };
const beforeMidnight = Date.UTC(2026, 10, 26, 23, 59, 59);

it('counts nothing of an earlier day, and what is kept of all of them', () => {
  const use: QuotaUse = { day: '2026-11-25', uploadsPerDay: 2, bytesPerDay: 90, keptBytes: 500 };
  expect(usedAt(use, beforeMidnight)).toEqual({ day: '2026-11-26', uploadsPerDay: 0, bytesPerDay: 0, keptBytes: 500 });
});

it('takes of the day that the record speaks of, also for a request that came in before midnight', () => {
  const use: QuotaUse = { day: '2026-11-27', uploadsPerDay: 1, bytesPerDay: 20, keptBytes: 500 };
  expect(usedAt(use, beforeMidnight)).toEqual(use);
  const { ConditionExpression, ExpressionAttributeValues } = quotaTake('Quotas', upload, quota, use, beforeMidnight);
  // What has just been read has to satisfy the condition: whoever writes goes on until it holds.
  expect(ConditionExpression).toContain('#day = :today');
  expect(ExpressionAttributeValues).toMatchObject({ ':today': use.day, ':uploads': 2, ':dayRest': 90 });
});
