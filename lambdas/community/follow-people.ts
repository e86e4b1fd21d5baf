import type { DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { UserId } from '../../domain/ids.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { itemOfImage } from '../../platform/clients/streams.ts';
import { readEnv } from '../../platform/env.ts';
import { viewsEnv } from './env.ts';
import { peopleStore } from './people-store.ts';

const env = readEnv(viewsEnv);
const people = peopleStore(dynamoClient(), env.COMMUNITY_TABLE);

const Person = z.object({ userId: UserId, name: z.string() });

/** Profiles of the user table: what people are called. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  for (const { dynamodb } of Records) {
    const before = Person.safeParse(itemOfImage(dynamodb?.OldImage)).data;
    const after = Person.safeParse(itemOfImage(dynamodb?.NewImage)).data;
    if (after && after.name !== before?.name) await people.put(after.userId, { personName: after.name });
    if (before && !after) await people.remove(before.userId);
  }
}
