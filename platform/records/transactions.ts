import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '../clients/dynamo.ts';
import { retryConflicts } from './conflicts.ts';

export type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Writes all or nothing. Answers the numbers of the writes whose conditions did not hold, from 0; none: all is written. */
export async function transact(dynamo: Dynamo, writes: Writes): Promise<readonly number[]> {
  try {
    await retryConflicts(() => dynamo.send(new TransactWriteCommand({ TransactItems: writes })));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const failed = (error.CancellationReasons ?? []).flatMap(({ Code }, i) =>
      Code === 'ConditionalCheckFailed' ? [i] : [],
    );
    if (failed.length === 0) throw error;
    return failed;
  }
}
