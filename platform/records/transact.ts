import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '../clients/dynamo.ts';
import { retryConflicts } from './conflicts.ts';

/**
 * Writes all items or none, whoever else writes some of them at the same time. If conditions did not hold it answers which,
 * by the items' order; undefined if it has written.
 */
export async function transact(
  dynamo: Dynamo,
  items: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<boolean[] | undefined> {
  try {
    await retryConflicts(() => dynamo.send(new TransactWriteCommand({ TransactItems: items })));
    return undefined;
  } catch (error) {
    const codes =
      error instanceof TransactionCanceledException ? error.CancellationReasons?.map(({ Code }) => Code) : [];
    if (!codes?.includes('ConditionalCheckFailed')) throw error;
    return codes.map((code) => code === 'ConditionalCheckFailed');
  }
}
