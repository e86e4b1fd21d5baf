import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { retryConflicts } from '../../../platform/records/conflicts.ts';

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const conflict = new TransactionConflictException({ message: 'conflict', $metadata: {} });

/** Fails with each of the errors in turn, then succeeds. */
const failing = (...errors: Error[]) => {
  let calls = 0;
  const write = async () => {
    const error = errors[calls++];
    if (error) throw error;
    return calls;
  };
  return write;
};

it('a write that met another transaction is tried again', async () => {
  expect(await retryConflicts(failing(conflict, cancelled('None', 'TransactionConflict'), conflict))).toBe(4);
});

it.each([
  cancelled('ConditionalCheckFailed', 'None'),
  cancelled('ConditionalCheckFailed', 'TransactionConflict'),
  new ConditionalCheckFailedException({ message: 'no', $metadata: {} }),
  new Error('no such table'),
])('%s is an answer, and not tried again', async (error) => {
  await expect(retryConflicts(failing(error))).rejects.toBe(error);
});
