import type { DynamoDBStreamEvent } from 'aws-lambda';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { readEnv } from '../../platform/env.ts';
import { catalogueStore } from '../../platform/records/catalogue.ts';
import { counters } from '../../platform/records/counters.ts';
import { viewsEnv } from './env.ts';
import { countedVideos, heatView } from './heat-view.ts';

const env = readEnv(viewsEnv);
const dynamo = dynamoClient();
const view = heatView({
  catalogue: catalogueStore(dynamo, env.CATALOGUE_TABLE),
  counters: counters(dynamo, env.COMMUNITY_TABLE),
});

/** Changes of counters, gathered for some seconds: however many like a video meanwhile, its place is written once. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  const keys = Records.map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S ?? '');
  for (const videoId of countedVideos(keys)) await view(videoId);
}
