import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';
import { videoPlayable, videoReady, videoRestored } from '../../domain/events/events.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { publisher } from '../../platform/clients/events.ts';
import { readEnv } from '../../platform/env.ts';
import { publicationRecords } from '../../platform/records/publications.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { publicationEnv } from './env.ts';
import { publicationService } from './publication.ts';

/** A minute has passed, or a video can be watched: it was made so, or had back after its time had come. */
const Happened = z.union([
  z.object({ 'detail-type': z.literal('Scheduled Event') }).transform(() => undefined),
  z
    .object({
      'detail-type': z.enum([videoPlayable.name, videoReady.name, videoRestored.name]),
      detail: videoPlayable.detail.pick({ videoId: true }),
    })
    .transform(({ detail }) => detail.videoId),
]);

const env = readEnv(publicationEnv);
const log = new Logger({ serviceName: 'content' });
const dynamo = dynamoClient();
const publication = publicationService({
  videos: videoRecords(dynamo, env.VIDEOS_TABLE),
  publications: publicationRecords(dynamo, env.VIDEOS_TABLE),
  publish: publisher(env.EVENT_BUS_NAME),
});

/** Publishes videos whose time has come, and public ones that can be watched for the first time. */
export async function handler(event: unknown): Promise<void> {
  const videoId = Happened.parse(event);
  if (videoId === undefined) log.info('videos published', { count: await publication.allDue(Date.now()) });
  else if (await publication.ifDue(videoId, Date.now())) log.info('video published', { videoId });
}
