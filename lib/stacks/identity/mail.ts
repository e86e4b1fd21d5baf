import { CfnOutput, Stack } from 'aws-cdk-lib';
import { UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { mailConfigurationSet } from '../../config/names.ts';

export interface MailProps {
  readonly config: Environment;
  readonly mail: NonNullable<Environment['mail']>;
}

/**
 * Mail by SES from a domain of ours, whose DNS proves it (docs/operating.md, "Mail"). What bounces or is complained of is
 * told on the account's bus, and SES itself mails no such address again.
 */
export class Mail extends Construct {
  /** How the user pool sends its codes, once the domain is proven. */
  readonly ofPool: UserPoolEmail | undefined;

  constructor(scope: Construct, id: string, { config, mail }: MailProps) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: mailConfigurationSet(config),
      // Codes open accounts: they go over TLS or not at all.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination('Failures', {
      // SES knows the default bus only.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'AccountBus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(mail.domain),
      configurationSet,
      // Failures come as events; mail about mail would be one more mailbox that nobody reads.
      feedbackForwarding: false,
    });
    this.ofPool = mail.isProven
      ? UserPoolEmail.withSES({
          fromEmail: mail.from,
          fromName: mail.fromName,
          sesVerifiedDomain: mail.domain,
          configurationSetName: configurationSet.configurationSetName,
        })
      : undefined;
    // What is to be entered in the domain's DNS, as long as SES has not found it there.
    if (mail.isProven) return;
    for (const [index, { name, value }] of identity.dkimRecords.entries())
      new CfnOutput(Stack.of(this), `MailDkimRecord${index + 1}`, { value: `${name} CNAME ${value}` });
  }
}
