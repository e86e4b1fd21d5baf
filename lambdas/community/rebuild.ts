import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import pMap from 'p-map';
import * as z from 'zod';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { readEnv } from '../../platform/env.ts';
import { catalogueStore } from '../../platform/records/catalogue.ts';
import { commentRecords } from '../../platform/records/community/comments.ts';
import { marks } from '../../platform/records/community/marks.ts';
import { counters } from '../../platform/records/counters.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { rebuildEnv } from './env.ts';
import { peopleStore } from './people-store.ts';
import { rebuilding, views } from './rebuilding.ts';

const env = readEnv(rebuildEnv);
const dynamo = dynamoClient();
const tables = { videos: env.VIDEOS_TABLE, users: env.USERS_TABLE, catalogue: env.CATALOGUE_TABLE };
const rebuild = rebuilding({
  videos: videoRecords(dynamo, env.VIDEOS_TABLE),
  catalogue: catalogueStore(dynamo, env.CATALOGUE_TABLE),
  people: peopleStore(dynamo, env.COMMUNITY_TABLE),
  comments: commentRecords(dynamo, env.COMMUNITY_TABLE),
  marks: marks(dynamo, env.COMMUNITY_TABLE),
  counters: counters(dynamo, env.COMMUNITY_TABLE),
});

/** What an operator asks for; `after` is what the last answer said, if that had not come to the end. */
const Asked = z.object({ view: z.enum(views), after: z.record(z.string(), z.string()).optional() });

/** A page of items takes seconds at most. */
const enoughMs = 60_000;

/** Makes a view anew beside those who read and write it. Answers how far it came; call it again until `after` is null. */
export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const { view, after } = Asked.parse(event);
  const { from, each } = rebuild[view];
  let start: Record<string, unknown> | undefined = after;
  let seen = 0;
  let mended = 0;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new ScanCommand({
        TableName: tables[from],
        ConsistentRead: true,
        Limit: 200,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const changed = await pMap(Items, each, { concurrency: 10 });
    seen += Items.length;
    mended += changed.filter(Boolean).length;
    start = LastEvaluatedKey;
  } while (start && context.getRemainingTimeInMillis() > enoughMs);
  return { view, seen, mended, after: start ?? null };
}
