import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Routes } from '../../../domain/api/route.ts';
import type { httpEnv } from '../../../lambdas/shared/env.ts';
import type { Environment } from '../../config/environment.ts';
import { items, type Permission } from '../../constructs/permissions.ts';
import type { VariablesOf } from '../../constructs/service-function.ts';
import type { IdentityStack } from '../identity.ts';
import type { ProcessingStack } from '../processing.ts';
import type { StorageStack } from '../storage.ts';

export interface ServiceParts {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly identity: IdentityStack;
  readonly processing: ProcessingStack;
  /** What callers have asked lately. */
  readonly limits: TableV2;
  readonly originSecret: Pick<ISecret, 'secretArn'>;
}

/** A service as the API sees it: what it offers, and the function that answers. */
export interface Service {
  readonly name: string;
  readonly routes: Routes;
  readonly lambda: LambdaFunction;
}

/** The variables of every service that answers HTTP. */
export const httpVariables = ({
  config,
  limits,
  identity,
  originSecret,
}: ServiceParts): VariablesOf<typeof httpEnv> => ({
  USERS_TABLE: identity.users.tableName,
  LIMITS_TABLE: limits.tableName,
  ORIGIN_SECRET_ARN: originSecret.secretArn,
  SITE_ORIGIN: config.site.origin,
});

/** What the verifier, the limits and the origin guard, which every service has, may do. */
export const guarded = ({ limits, identity, originSecret }: ServiceParts): readonly Permission[] => [
  items(identity.users, 'BatchGetItem'),
  items(limits, 'GetItem', 'UpdateItem'),
  { actions: ['secretsmanager:GetSecretValue'], resources: [originSecret.secretArn] },
];

/** API Gateway gives an integration 29 s. The share of a CPU that comes with the memory makes a cold start short. */
export const usual = ({ config }: ServiceParts) => ({
  config,
  timeoutSeconds: 28,
  memoryMb: 1024,
  afterFailure: 'Called by API Gateway, which waits: the caller gets the error and may try again.',
});
