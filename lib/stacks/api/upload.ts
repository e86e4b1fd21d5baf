import type { Construct } from 'constructs';
import { reachOf } from '../../../domain/media/mediaconvert/configuration.ts';
import { env } from '../../../lambdas/upload/env.ts';
import { routes } from '../../../lambdas/upload/routes.ts';
import { bucketArn, machineArn } from '../../config/names.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Uploads, from their first byte to the start of a run. */
export function uploadService(scope: Construct, parts: ServiceParts): Service {
  const { config, storage, processing } = parts;
  const sources = `${bucketArn(config, 'uploads')}/sources/*`;
  const { lambda } = new ServiceFunction(scope, 'Upload', {
    ...usual(parts),
    entry: 'lambdas/upload/handler.ts',
    description: 'Multipart uploads of sources',
    schema: env,
    environment: {
      ...httpVariables(parts),
      UPLOADS_TABLE: storage.uploads.tableName,
      VIDEOS_TABLE: storage.videos.tableName,
      QUOTAS_TABLE: storage.quotas.tableName,
      UPLOADS_PER_DAY: String(config.uploads.uploadsPerDay),
      UPLOAD_BYTES_PER_DAY: String(config.uploads.bytesPerDay),
      KEPT_BYTES: String(config.uploads.keptBytes),
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      JOBS_TABLE: storage.jobs.tableName,
      EXPRESS_QUEUE_URL: processing.express.queue.queueUrl,
      BULK_QUEUE_URL: processing.bulk.queue.queueUrl,
      STATE_MACHINE_ARN: processing.machine.stateMachineArn,
      MEDIACONVERT_REACH: reachOf(config.processing.mediaConvert),
      PROTECTION: config.processing.protection,
    },
    permissions: [
      ...guarded(parts),
      items(storage.uploads, 'GetItem', 'PutItem', 'UpdateItem'),
      index(storage.uploads, 'byOwner'),
      items(storage.quotas, 'GetItem', 'UpdateItem'),
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
  return { name: 'Upload', routes, lambda };
}
