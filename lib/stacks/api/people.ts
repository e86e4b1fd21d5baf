import type { Construct } from 'constructs';
import { env } from '../../../lambdas/people/env.ts';
import { routes } from '../../../lambdas/people/routes.ts';
import { bySubjectIndex } from '../../../platform/records/audit.ts';
import { byEmailIndex, byHandleIndex, byNameIndex, notableIndex } from '../../../platform/records/users.ts';
import { bucketArn } from '../../config/names.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** People and their channels, as they, everybody, and admins see them. */
export function peopleService(scope: Construct, parts: ServiceParts): Service {
  const { config, identity, storage, processing } = parts;
  const { lambda } = new ServiceFunction(scope, 'People', {
    ...usual(parts),
    entry: 'lambdas/people/handler.ts',
    description: 'People and their channels; what admins do about people',
    schema: env,
    environment: {
      ...httpVariables(parts),
      AUDIT_TABLE: identity.audit.tableName,
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      MEDIA_BUCKET: storage.buckets.media.bucketName,
      EVENT_BUS_NAME: processing.events.eventBusName,
    },
    permissions: [
      ...guarded(parts),
      items(identity.users, 'ConditionCheckItem', 'GetItem', 'PutItem', 'UpdateItem'),
      ...[byEmailIndex, byNameIndex, byHandleIndex, notableIndex].map((name) => index(identity.users, name)),
      items(identity.audit, 'PutItem', 'Query'),
      index(identity.audit, bySubjectIndex),
      { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
      {
        actions: ['s3:PutObject', 's3:DeleteObjectVersion'],
        resources: [`${bucketArn(config, 'media')}/media/channels/*`],
        because: 'Pictures of channels are named by their owner; all of them, and nothing else, have this prefix.',
      },
      { actions: ['s3:ListBucketVersions'], resources: [storage.buckets.media.bucketArn] },
      {
        // What the links to copies are signed with.
        actions: ['s3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/exports/*`],
        because: 'Copies are named by the person that they are for; all of them have this prefix.',
      },
    ],
  });
  return { name: 'People', routes, lambda };
}
