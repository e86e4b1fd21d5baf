import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { s3 } from './books.ts';
import { awsConfig } from './local-cloud.ts';

/** Where something is kept. */
export interface Place {
  readonly store: string;
  readonly what: unknown;
}

/** Everything in the cloud that names `id`: items of every table, every version in every bucket, messages of every queue. */
export async function placesNaming(id: string): Promise<Place[]> {
  return [...(await items(id)), ...(await objects(id)), ...(await messages(id))];
}

async function items(id: string): Promise<Place[]> {
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig()));
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  const found: Place[] = [];
  for (const TableName of TableNames) {
    for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName, ConsistentRead: true })) {
      const named = Items.filter((item) => JSON.stringify(item).includes(id));
      found.push(...named.map((what) => ({ store: `table ${TableName}`, what })));
    }
  }
  return found;
}

async function objects(id: string): Promise<Place[]> {
  const { Buckets = [] } = await s3().send(new ListBucketsCommand({}));
  const found: Place[] = [];
  for (const { Name: Bucket = '' } of Buckets) {
    let KeyMarker: string | undefined;
    do {
      const page = await s3().send(new ListObjectVersionsCommand({ Bucket, KeyMarker }));
      const keys = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key = '' }) => Key);
      found.push(...keys.filter((key) => key.includes(id)).map((what) => ({ store: `bucket ${Bucket}`, what })));
      KeyMarker = page.IsTruncated ? page.NextKeyMarker : undefined;
    } while (KeyMarker !== undefined);
    const { Uploads = [] } = await s3().send(new ListMultipartUploadsCommand({ Bucket }));
    const open = Uploads.filter(({ Key }) => Key?.includes(id)).map(({ Key }) => Key);
    found.push(...open.map((what) => ({ store: `uploads to ${Bucket}`, what })));
  }
  return found;
}

async function messages(id: string): Promise<Place[]> {
  const sqs = new SQSClient(awsConfig());
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const found: Place[] = [];
  for (const QueueUrl of QueueUrls) {
    // Seen, and left for whom it is meant for.
    const look = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, WaitTimeSeconds: 0 };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(look));
    const named = Messages.filter(({ Body }) => Body?.includes(id)).map(({ Body }) => Body);
    found.push(...named.map((what) => ({ store: `queue ${QueueUrl}`, what })));
  }
  return found;
}
