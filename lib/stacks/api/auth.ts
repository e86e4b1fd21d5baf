import type { Construct } from 'constructs';
import { env } from '../../../lambdas/auth/env.ts';
import { routes } from '../../../lambdas/auth/routes.ts';
import { items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Sign-in, sessions, who is who. */
export function authService(scope: Construct, parts: ServiceParts): Service {
  const { config, identity, processing } = parts;
  const { lambda } = new ServiceFunction(scope, 'Auth', {
    ...usual(parts),
    entry: 'lambdas/auth/handler.ts',
    description: 'Sign-in, sessions, who is who',
    schema: env,
    environment: {
      ...httpVariables(parts),
      USER_POOL_ID: identity.pool.userPoolId,
      USER_POOL_CLIENT_ID: identity.client.userPoolClientId,
      SESSION_KEY_ARN: identity.sessionKey.keyArn,
      EVENT_BUS_NAME: processing.events.eventBusName,
      AUDIT_TABLE: identity.audit.tableName,
      FIRST_ADMIN: config.firstAdmin ?? '',
    },
    permissions: [
      ...guarded(parts),
      items(identity.users, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'),
      items(identity.audit, 'PutItem'),
      { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
      {
        actions: [
          'cognito-idp:AdminInitiateAuth',
          'cognito-idp:AdminRespondToAuthChallenge',
          'cognito-idp:AdminGetUser',
          'cognito-idp:AdminSetUserMFAPreference',
          'cognito-idp:AdminUserGlobalSignOut',
        ],
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
  return { name: 'Auth', routes, lambda };
}
