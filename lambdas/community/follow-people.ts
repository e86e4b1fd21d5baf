import type { DynamoDBStreamEvent } from 'aws-lambda';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { itemOfImage } from '../../platform/clients/streams.ts';
import { readEnv } from '../../platform/env.ts';
import { viewsEnv } from './env.ts';
import { peopleStore } from './people-store.ts';
import { peopleView } from './people-view.ts';

const env = readEnv(viewsEnv);
const view = peopleView(peopleStore(dynamoClient(), env.COMMUNITY_TABLE));

/** Profiles and channels of the user table, in the order of each person: under what name, address and picture they appear. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  for (const { dynamodb } of Records)
    await view.follow({ before: itemOfImage(dynamodb?.OldImage), after: itemOfImage(dynamodb?.NewImage) });
}
