import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import type { PersonalItem, PersonalStore } from '../../platform/personal/personal.ts';
import { awsConfig } from './local-cloud.ts';

const client = () => new DynamoDBClient(awsConfig());

/** The tables' own client, as the services have it. */
export const dynamo = (): Dynamo =>
  DynamoDBDocumentClient.from(client(), { marshallOptions: { removeUndefinedValues: true } });

/** The name of the one deployed table whose logical name is this. */
export async function tableNamed(logicalName: string): Promise<string> {
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client: client() }, {})) names.push(...TableNames);
  const [name, ...others] = names.filter((candidate) => candidate.includes(`-${logicalName}`));
  if (name === undefined || others.length > 0) throw new Error(`one table of ${names} is ${logicalName}`);
  return name;
}

/** Everything that is in it. */
export async function itemsOfTable(logicalName: string): Promise<Record<string, unknown>[]> {
  const TableName = await tableNamed(logicalName);
  const items: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamo() }, { TableName })) items.push(...Items);
  return items;
}

/** All that a store of personal data tells about a person. */
export async function toldAbout(store: PersonalStore, userId: UserId): Promise<PersonalItem[]> {
  const told: PersonalItem[] = [];
  for await (const item of store.collect(userId)) told.push(item);
  return told;
}
