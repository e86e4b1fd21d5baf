import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { awsConfig } from './local-cloud.ts';

const client = () => new DynamoDBClient(awsConfig());

/** Everything that is in the one table whose logical name is this. */
export async function itemsOfTable(logicalName: string): Promise<Record<string, unknown>[]> {
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client: client() }, {})) names.push(...TableNames);
  const [TableName, ...others] = names.filter((name) => name.includes(`-${logicalName}`));
  if (TableName === undefined || others.length > 0) throw new Error(`one table of ${names} is ${logicalName}`);
  const items: Record<string, unknown>[] = [];
  const dynamo = DynamoDBDocumentClient.from(client());
  for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName })) items.push(...Items);
  return items;
}
