import type { Construct } from 'constructs';
import { apiEnv } from '../../../lambdas/processing/env.ts';
import { routes } from '../../../lambdas/processing/routes.ts';
import { bucketArn, machineArn } from '../../config/names.ts';
import { items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Runs and jobs as owners and operators see them. */
export function processingService(scope: Construct, parts: ServiceParts): Service {
  const { config, storage, processing } = parts;
  const { lambda } = new ServiceFunction(scope, 'Processing', {
    ...usual(parts),
    entry: 'lambdas/processing/handler.ts',
    description: 'Runs and jobs as owners and operators see them; processing again',
    schema: apiEnv,
    environment: {
      ...httpVariables(parts),
      VIDEOS_TABLE: storage.videos.tableName,
      JOBS_TABLE: storage.jobs.tableName,
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      STATE_MACHINE_ARN: processing.machine.stateMachineArn,
    },
    permissions: [
      ...guarded(parts),
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
  return { name: 'Processing', routes, lambda };
}
