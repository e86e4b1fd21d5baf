import { Stack, type StackProps } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { mailEventTypes } from '../../domain/access/undeliverable.ts';
import { mailEventsEnv } from '../../lambdas/auth/env.ts';
import type { Environment } from '../config/environment.ts';
import { mailConfigurationSet } from '../config/names.ts';
import { minutes } from '../constructs/alarms.ts';
import { EventListener } from '../constructs/event-listener.ts';
import { items } from '../constructs/permissions.ts';
import type { IdentityStack } from './identity.ts';
import type { ProcessingStack } from './processing.ts';

export interface MailEventsProps extends StackProps {
  readonly config: Environment;
  readonly identity: IdentityStack;
  readonly processing: ProcessingStack;
}

/** SES reviews an account above 5 % and 0.1 %, and may pause its sending above 10 % and 0.5 %. */
const tolerated = { 'mail-bounces': 0.04, 'mail-complaints': 0.0008 } as const;

/** Takes in what SES tells of mail that did not arrive or was not wanted. */
export class MailEventsStack extends Stack {
  constructor(scope: Construct, id: string, { config, identity, processing, ...props }: MailEventsProps) {
    super(scope, id, props);
    const { alarms } = processing;
    new EventListener(this, 'MarkAddresses', {
      config,
      alarms,
      alarm: 'mail-events-failing',
      eventPattern: {
        source: ['aws.ses'],
        detailType: [...mailEventTypes],
        detail: { mail: { tags: { 'ses:configuration-set': [mailConfigurationSet(config)] } } },
      },
      entry: 'lambdas/auth/mail-events.ts',
      description: 'Mail bounced or was complained of → the person’s address is marked',
      schema: mailEventsEnv,
      environment: { USERS_TABLE: identity.users.tableName, USER_POOL_ID: identity.pool.userPoolId },
      timeoutSeconds: 60,
      memoryMb: 512,
      permissions: [
        items(identity.users, 'UpdateItem'),
        { actions: ['cognito-idp:AdminGetUser'], resources: [identity.pool.userPoolArn] },
      ],
    });
    if (config.mail === undefined) return;
    const reputation = (metricName: string) =>
      new Metric({
        namespace: 'AWS/SES',
        metricName,
        dimensionsMap: { 'ses:configuration-set': mailConfigurationSet(config) },
        statistic: 'Maximum',
        ...minutes(60),
      });
    alarms.raise(this, 'mail-bounces', {
      metric: reputation('Reputation.BounceRate'),
      above: tolerated['mail-bounces'],
      periods: 1,
    });
    alarms.raise(this, 'mail-complaints', {
      metric: reputation('Reputation.ComplaintRate'),
      above: tolerated['mail-complaints'],
      periods: 1,
    });
  }
}
