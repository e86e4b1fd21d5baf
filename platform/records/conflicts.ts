import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import pRetry from 'p-retry';

/**
 * Tries a write again that met another transaction on the same item. Workers of one video all count down one record, so
 * this is expected, passes in milliseconds, and is not retried by the SDK.
 */
export const retryConflicts = <T>(write: () => Promise<T>): Promise<T> =>
  pRetry(write, {
    retries: 12,
    minTimeout: 10,
    factor: 1.6,
    maxTimeout: 1_000,
    randomize: true,
    shouldRetry: ({ error }) => isConflict(error),
  });

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  return codes.includes('TransactionConflict') && !codes.includes('ConditionalCheckFailed');
}
