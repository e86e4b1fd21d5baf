import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/**
 * What callers have asked lately, and answers that can be had again. Beside the functions that write it and not in the
 * storage stack: nothing in it is older than a day, and nothing would be missed.
 */
export function limitsTable(scope: Construct): TableV2 {
  const table = new TableV2(scope, 'Limits', {
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    partitionKey: { name: 'key', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiresAtSeconds',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(table).acknowledge({
    id: 'AwsSolutions-DDB3',
    reason: 'Counters of minutes and answers of a day: restored from a backup they would be wrong.',
  });
  return table;
}
