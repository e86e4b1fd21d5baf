import type { DynamoDBStreamEvent } from 'aws-lambda';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { itemOfImage } from '../../platform/clients/streams.ts';
import { readEnv } from '../../platform/env.ts';
import { catalogueStore } from '../../platform/records/catalogue.ts';
import { commentRecords } from '../../platform/records/community/comments.ts';
import { marks } from '../../platform/records/community/marks.ts';
import { counters } from '../../platform/records/counters.ts';
import { viewsEnv } from './env.ts';
import { heatView } from './heat-view.ts';
import { recordsView } from './records-view.ts';

const env = readEnv(viewsEnv);
const dynamo = dynamoClient();
const catalogue = catalogueStore(dynamo, env.CATALOGUE_TABLE);
const view = recordsView({
  catalogue,
  heat: heatView({ catalogue, counters: counters(dynamo, env.COMMUNITY_TABLE) }),
  comments: commentRecords(dynamo, env.COMMUNITY_TABLE),
  marks: marks(dynamo, env.COMMUNITY_TABLE),
});

/** Changes of the videos table, in the order of each video. What throws comes again, in smaller batches. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  for (const { dynamodb } of Records) {
    const before = itemOfImage(dynamodb?.OldImage);
    const after = itemOfImage(dynamodb?.NewImage);
    await view.follow({ before, after });
  }
}
