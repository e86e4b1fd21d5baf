import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Routes } from '../../../domain/api/route.ts';
import { reachOf } from '../../../domain/media/mediaconvert/configuration.ts';
import { env as authEnv } from '../../../lambdas/auth/env.ts';
import { routes as authRoutes } from '../../../lambdas/auth/routes.ts';
import { env as contentEnv } from '../../../lambdas/content/env.ts';
import { routes as contentRoutes } from '../../../lambdas/content/routes.ts';
import { apiEnv as runsEnv } from '../../../lambdas/processing/env.ts';
import { routes as runsRoutes } from '../../../lambdas/processing/routes.ts';
import type { httpEnv } from '../../../lambdas/shared/env.ts';
import { env as streamingEnv } from '../../../lambdas/streaming/env.ts';
import { routes as streamingRoutes } from '../../../lambdas/streaming/routes.ts';
import { env as uploadEnv } from '../../../lambdas/upload/env.ts';
import { routes as uploadRoutes } from '../../../lambdas/upload/routes.ts';
import { byOwnerIndex } from '../../../platform/records/videos.ts';
import type { Environment } from '../../config/environment.ts';
import { bucketArn, machineArn } from '../../config/names.ts';
import { index, items, type Permission } from '../../constructs/permissions.ts';
import { ServiceFunction, type VariablesOf } from '../../constructs/service-function.ts';
import type { IdentityStack } from '../identity.ts';
import type { ProcessingStack } from '../processing.ts';
import { ofOneRun, type StorageStack } from '../storage.ts';

export interface ServiceParts {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly identity: IdentityStack;
  readonly processing: ProcessingStack;
  readonly originSecret: Pick<ISecret, 'secretArn'>;
}

/** A service as the API sees it: what it offers, and the function that answers. */
export interface Service {
  readonly name: string;
  readonly routes: Routes;
  readonly lambda: LambdaFunction;
}

/** The services behind the API, one function each. */
export function services(scope: Construct, parts: ServiceParts): Service[] {
  const { config, storage, identity, processing, originSecret } = parts;
  const poolId = identity.pool.userPoolId;

  const http: VariablesOf<typeof httpEnv> = {
    USERS_TABLE: identity.users.tableName,
    TOKEN_ISSUER: `${config.tokens.issuerBase}/${poolId}`,
    TOKEN_JWKS_URL: `${config.tokens.keysBase}/${poolId}/.well-known/jwks.json`,
    USER_POOL_CLIENT_ID: identity.client.userPoolClientId,
    ORIGIN_SECRET_ARN: originSecret.secretArn,
    SITE_ORIGIN: config.site.origin,
  };
  /** What the verifier and the origin guard, which every service has, may do. */
  const guarded: readonly Permission[] = [
    items(identity.users, 'BatchGetItem'),
    { actions: ['secretsmanager:GetSecretValue'], resources: [originSecret.secretArn] },
  ];
  // API Gateway gives an integration 29 s. The share of a CPU that comes with the memory makes a cold start short.
  const usual = {
    config,
    timeoutSeconds: 28,
    memoryMb: 1024,
    afterFailure: 'Called by API Gateway, which waits: the caller gets the error and may try again.',
  };

  const auth = new ServiceFunction(scope, 'Auth', {
    ...usual,
    entry: 'lambdas/auth/handler.ts',
    description: 'Sign-in, sessions, who is who',
    schema: authEnv,
    environment: { ...http, USER_POOL_ID: poolId, SESSION_KEY_ARN: identity.sessionKey.keyArn },
    permissions: [
      ...guarded,
      items(identity.users, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
      {
        actions: ['cognito-idp:AdminInitiateAuth', 'cognito-idp:AdminGetUser'],
        resources: [identity.pool.userPoolArn],
      },
      {
        actions: ['kms:Encrypt', 'kms:Decrypt'],
        resources: [identity.sessionKey.keyArn],
        // Only for what says whose session it is, and so cannot be opened as another's.
        conditions: {
          'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['userId', 'sessionId'] },
          Null: { 'kms:EncryptionContextKeys': 'false' },
        },
      },
    ],
  });

  const sources = `${bucketArn(config, 'uploads')}/sources/*`;
  const upload = new ServiceFunction(scope, 'Upload', {
    ...usual,
    entry: 'lambdas/upload/handler.ts',
    description: 'Multipart uploads of sources',
    schema: uploadEnv,
    environment: {
      ...http,
      UPLOADS_TABLE: storage.uploads.tableName,
      VIDEOS_TABLE: storage.videos.tableName,
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      JOBS_TABLE: storage.jobs.tableName,
      EXPRESS_QUEUE_URL: processing.express.queue.queueUrl,
      BULK_QUEUE_URL: processing.bulk.queue.queueUrl,
      STATE_MACHINE_ARN: processing.machine.stateMachineArn,
      MEDIACONVERT_REACH: reachOf(config.processing.mediaConvert),
      PROTECTION: config.processing.protection,
    },
    permissions: [
      ...guarded,
      items(storage.uploads, 'GetItem', 'PutItem', 'UpdateItem'),
      index(storage.uploads, 'byOwner'),
      items(storage.videos, 'GetItem', 'PutItem', 'UpdateItem'),
      {
        // PutObject is what S3 asks for beginning, completing and sending parts, by presigned URL too.
        actions: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        resources: [sources],
        because: 'Sources are named by video and upload; all of them, and nothing else, have this prefix.',
      },
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/peeks/*`],
        because: 'Peeks are named by video and upload like their sources; all of them have this prefix.',
      },
      items(storage.jobs, 'GetItem', 'PutItem'),
      { actions: ['sqs:SendMessage'], resources: [processing.express.queue.queueArn] },
      // Without it S3 answers 403, not 404, for a source that is not there.
      { actions: ['s3:ListBucket'], resources: [storage.buckets.uploads.bucketArn] },
      { actions: ['states:StartExecution'], resources: [machineArn(config)] },
    ],
  });

  const content = new ServiceFunction(scope, 'Content', {
    ...usual,
    entry: 'lambdas/content/handler.ts',
    description: 'Videos as their creators see them',
    schema: contentEnv,
    environment: {
      ...http,
      VIDEOS_TABLE: storage.videos.tableName,
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      MEDIA_BUCKET: storage.buckets.media.bucketName,
      EVENT_BUS_NAME: processing.events.eventBusName,
      JOBS_TABLE: storage.jobs.tableName,
      EXPRESS_QUEUE_URL: processing.express.queue.queueUrl,
      BULK_QUEUE_URL: processing.bulk.queue.queueUrl,
    },
    permissions: [
      ...guarded,
      items(storage.videos, 'GetItem', 'UpdateItem'),
      index(storage.videos, byOwnerIndex),
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/pictures/*`],
        because: 'Pictures are named by their video; all of them, and nothing else, have this prefix.',
      },
      // Without it S3 answers 403, not 404, for a picture that is not there.
      { actions: ['s3:ListBucket'], resources: [storage.buckets.uploads.bucketArn] },
      items(storage.jobs, 'GetItem', 'PutItem'),
      { actions: ['sqs:SendMessage'], resources: [processing.express.queue.queueArn] },
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn(config, 'media')}/media/*/captions/*`],
        because: 'Captions are named by their video: all of them, and nothing else, lie under this name.',
      },
      { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
    ],
  });

  const streaming = new ServiceFunction(scope, 'Streaming', {
    ...usual,
    entry: 'lambdas/streaming/handler.ts',
    description: 'Videos as their viewers see them',
    schema: streamingEnv,
    environment: { ...http, VIDEOS_TABLE: storage.videos.tableName, CONTENT_KEY_ARN: storage.contentKey.keyArn },
    permissions: [
      ...guarded,
      items(storage.videos, 'GetItem'),
      { actions: ['kms:Decrypt'], resources: [storage.contentKey.keyArn], conditions: ofOneRun },
    ],
  });

  const runs = new ServiceFunction(scope, 'Processing', {
    ...usual,
    entry: 'lambdas/processing/handler.ts',
    description: 'Runs and jobs as owners and operators see them; processing again',
    schema: runsEnv,
    environment: {
      ...http,
      VIDEOS_TABLE: storage.videos.tableName,
      JOBS_TABLE: storage.jobs.tableName,
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      STATE_MACHINE_ARN: processing.machine.stateMachineArn,
    },
    permissions: [
      ...guarded,
      items(storage.videos, 'GetItem', 'UpdateItem'),
      items(storage.jobs, 'GetItem', 'Query', 'UpdateItem'),
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/logs/*`],
        because: 'Logs of failed tries are named by video and attempt; who asks gets an address of one of their own.',
      },
      { actions: ['states:StartExecution'], resources: [machineArn(config)] },
    ],
  });

  return [
    { name: 'Auth', routes: authRoutes, lambda: auth.lambda },
    { name: 'Upload', routes: uploadRoutes, lambda: upload.lambda },
    { name: 'Content', routes: contentRoutes, lambda: content.lambda },
    { name: 'Streaming', routes: streamingRoutes, lambda: streaming.lambda },
    { name: 'Processing', routes: runsRoutes, lambda: runs.lambda },
  ];
}
