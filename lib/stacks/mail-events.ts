import { Aws, Stack, type StackProps } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { mailEventTypes } from '../../domain/access/undeliverable.ts';
import { eventSource, securityChanged } from '../../domain/events/events.ts';
import { mailEventsEnv, securityMailEnv } from '../../lambdas/auth/env.ts';
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

/** Mails people what is done about their accounts, and takes in what SES tells of mail that did not arrive or was not wanted. */
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
    const { mail } = config;
    if (mail === undefined) return;
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
    // SES sends nothing from a domain that it has not found the records of.
    if (!mail.isProven) return;
    const ses = `arn:${Aws.PARTITION}:ses:${config.region}:${Aws.ACCOUNT_ID}`;
    new EventListener(this, 'TellOwners', {
      config,
      alarms,
      alarm: 'security-mail-failing',
      eventBus: processing.events,
      eventPattern: { source: [eventSource], detailType: [securityChanged.name] },
      entry: 'lambdas/auth/security-mail.ts',
      description: 'An account’s password, second factor or devices changed → its owner gets a mail',
      schema: securityMailEnv,
      environment: {
        USERS_TABLE: identity.users.tableName,
        SITE_ORIGIN: config.site.origin,
        MAIL_FROM: `${mail.fromName} <${mail.from}>`,
      },
      timeoutSeconds: 60,
      memoryMb: 512,
      permissions: [
        items(identity.users, 'GetItem'),
        {
          actions: ['ses:SendEmail'],
          resources: [`${ses}:identity/${mail.domain}`, `${ses}:configuration-set/${mailConfigurationSet(config)}`],
          conditions: { StringEquals: { 'ses:FromAddress': mail.from } },
        },
      ],
    });
  }
}
