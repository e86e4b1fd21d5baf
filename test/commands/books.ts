import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { VideoId } from '../../domain/ids.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { awsConfig, localCloud } from './local-cloud.ts';
import { soon } from './soon.ts';

/** What the cloud holds about a video, read past the API: the records, the executions, the objects. */

export const s3 = () =>
  new S3Client({ ...awsConfig(), forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
export const sfn = () => new SFNClient(awsConfig());
export const dynamo = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig()), { marshallOptions: { removeUndefinedValues: true } });

const table = (name: 'VIDEOS_TABLE' | 'JOBS_TABLE') => localCloud().outputs.WorkerEnvironment[name] ?? '';
export const jobs = () => jobRecords(dynamo(), table('JOBS_TABLE'));
export const videos = () => videoRecords(dynamo(), table('VIDEOS_TABLE'));

/** Makes a video look untouched for so many seconds: instead of waiting for as long. */
export async function age(videoId: VideoId, seconds: number): Promise<void> {
  await dynamo().send(
    new UpdateCommand({
      TableName: table('VIDEOS_TABLE'),
      Key: { videoId },
      UpdateExpression: 'SET updatedAt = updatedAt - :ms',
      ExpressionAttributeValues: { ':ms': seconds * 1000 },
    }),
  );
}

/** Brings the time forward at which something of a video is to be removed: instead of waiting for days. */
export async function comesToBeRemoved(videoId: VideoId): Promise<void> {
  await dynamo().send(
    new UpdateCommand({
      TableName: table('VIDEOS_TABLE'),
      Key: { videoId },
      UpdateExpression: 'SET removalAt = :past, purgeAt = :past',
      ConditionExpression: 'attribute_exists(removalAt)',
      ExpressionAttributeValues: { ':past': 1 },
    }),
  );
}

/** Brings the time forward at which a video is to be published: instead of waiting for it. Answers that time. */
export async function comesToBePublished(videoId: VideoId): Promise<number> {
  const publishAt = Date.now();
  await videos().change(videoId, { set: { publishAt, publicationAt: publishAt } }, publishAt);
  return publishAt;
}

/** Every execution that there has been for a video: name and status. */
export async function executionsOf(videoId: VideoId): Promise<{ name: string; status: string }[]> {
  const { StateMachineArn: stateMachineArn } = localCloud().outputs;
  const found: { name: string; status: string }[] = [];
  for await (const { executions = [] } of paginateListExecutions({ client: sfn() }, { stateMachineArn })) {
    found.push(...executions.map(({ name = '', status = '' }) => ({ name, status })));
  }
  return found.filter(({ name }) => name.startsWith(videoId));
}

/** The same, once none of them goes on: a video is settled a moment before its execution ends. */
export const endedExecutionsOf = (videoId: VideoId) =>
  soon(async () => {
    const found = await executionsOf(videoId);
    if (found.some(({ status }) => status === 'RUNNING')) throw new Error(`an execution of ${videoId} goes on`);
    return found;
  });

/** Whether the uploads bucket has a source. */
export async function sourceExists(key: string): Promise<boolean> {
  const { Contents = [] } = await s3().send(
    new ListObjectsV2Command({ Bucket: localCloud().outputs.UploadsBucketName, Prefix: key }),
  );
  return Contents.length > 0;
}

/** An object as it was written: a second write would change it. */
export interface StoredObject {
  readonly key: string;
  readonly etag: string;
  readonly writtenAt: number;
}

/** The objects under a prefix of the media bucket, by key. */
export async function mediaUnder(prefix: string): Promise<Map<string, StoredObject>> {
  const found = new Map<string, StoredObject>();
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3() },
    { Bucket: localCloud().outputs.MediaBucketName, Prefix: prefix },
  )) {
    for (const { Key: key = '', ETag: etag = '', LastModified } of Contents)
      found.set(key, { key, etag, writtenAt: LastModified?.getTime() ?? 0 });
  }
  return found;
}
