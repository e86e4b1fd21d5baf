import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { callPolicy } from './policy.ts';

export type Dynamo = DynamoDBDocumentClient;

export const dynamoClient = (): Dynamo =>
  DynamoDBDocumentClient.from(new DynamoDBClient(callPolicy('table')), {
    marshallOptions: { removeUndefinedValues: true },
  });
