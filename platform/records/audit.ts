import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../domain/ids.ts';
import { AuditEntry } from '../../domain/people/audit.ts';
import type { Dynamo } from '../clients/dynamo.ts';

/** Index of the audit table: by whom an act was done to, newest last (ids sort by time). */
export const bySubjectIndex = 'bySubject';

/** All acts stand in one partition: they are done by hand, and read in their order. */
export const auditKey = (auditId: string) => ({ trail: 'people', auditId });

/** An entry as parameters of a Put, for the transaction that makes the change. */
export const auditPut = (table: string, entry: AuditEntry) => ({
  TableName: table,
  Item: { ...auditKey(entry.auditId), ...AuditEntry.parse(entry) },
  ConditionExpression: 'attribute_not_exists(auditId)',
});

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly cursor: string | null;
}

/** The newest acts first, of all people or of one. The cursor is the id of the last entry that was seen. */
export async function readAudit(
  dynamo: Dynamo,
  table: string,
  { subjectId, cursor, limit }: { subjectId: UserId | undefined; cursor: string | undefined; limit: number },
): Promise<AuditPage> {
  const start = cursor === undefined ? undefined : { ...auditKey(cursor), ...(subjectId && { subjectId }) };
  const of: Pick<QueryCommandInput, 'IndexName' | 'KeyConditionExpression' | 'ExpressionAttributeValues'> =
    subjectId === undefined
      ? { KeyConditionExpression: 'trail = :trail', ExpressionAttributeValues: { ':trail': 'people' } }
      : {
          IndexName: bySubjectIndex,
          KeyConditionExpression: 'subjectId = :subject',
          ExpressionAttributeValues: { ':subject': subjectId },
        };
  const answer = await dynamo.send(
    new QueryCommand({
      TableName: table,
      ...of,
      ScanIndexForward: false,
      Limit: limit,
      ...(start && { ExclusiveStartKey: start }),
    }),
  );
  return {
    entries: (answer.Items ?? []).map((item) => AuditEntry.parse(item)),
    cursor: (answer.LastEvaluatedKey?.['auditId'] as string | undefined) ?? null,
  };
}
