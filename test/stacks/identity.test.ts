import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { Environment } from '../../lib/config/environment.ts';
import { environments } from '../../lib/config/environments.ts';
import { resources, stack, synthesized, synthesizedFrom, synthesizedWithMail } from './synthesized.ts';

const prod = synthesized('prod');
const identity = stack(prod, 'Identity');

describe('the user pool', () => {
  test('lets people have a second factor by an app, and never by SMS', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  test('is open to no password flow but that of our own function', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AuthSessionValidity: 5,
    });
  });
});

describe('mail', () => {
  const { prod: config } = environments();
  const sending = synthesizedWithMail();
  const proven = stack(sending, 'Identity');

  test('is Cognito’s own until the domain is proven, for Cognito takes no other: then the identity is there', () => {
    identity.hasResourceProperties('AWS::Cognito::UserPool', { EmailConfiguration: Match.absent() });
    identity.hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'sluice.example' });
    expect(Object.keys(identity.findOutputs('*')).filter((name) => name.startsWith('MailDkimRecord'))).toHaveLength(3);
  });

  test('goes out by SES from a domain that is proven, over TLS, and not to who has refused it', () => {
    proven.hasResourceProperties('AWS::Cognito::UserPool', {
      EmailConfiguration: {
        EmailSendingAccount: 'DEVELOPER',
        From: 'Sluice <no-reply@sluice.example>',
        ConfigurationSet: { Ref: Match.stringLikeRegexp('Mail') },
      },
    });
    identity.hasResourceProperties('AWS::SES::ConfigurationSet', {
      Name: 'sluice-prod',
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  test('that fails is told on the account’s bus, and heard', () => {
    identity.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: { MatchingEventTypes: ['bounce', 'complaint'], EventBridgeDestination: Match.anyValue() },
    });
    stack(prod, 'MailEvents').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': ['Email Bounced', 'Email Complaint Received'],
        detail: { mail: { tags: { 'ses:configuration-set': ['sluice-prod'] } } },
      },
    });
  });

  test('is Cognito’s own, and the only one, where an environment has no domain', () => {
    const { mail: _, ...without } = config;
    const templates = synthesizedFrom(Environment.parse(without));
    expect(resources(stack(templates, 'Identity')).filter(([, { Type }]) => /SES/.test(Type))).toEqual([]);
    expect(resources(stack(templates, 'MailEvents'), 'AWS::Events::Rule')).toHaveLength(1);
  });

  test('tells people what is done about their accounts once the domain is proven', () => {
    const rule = { EventPattern: { source: ['sluice'], 'detail-type': ['user.security-changed'] } };
    stack(sending, 'MailEvents').hasResourceProperties('AWS::Events::Rule', rule);
    stack(prod, 'MailEvents').resourcePropertiesCountIs('AWS::Events::Rule', rule, 0);
  });

  test('cannot be sent from a domain that is not the environment’s', () => {
    const elsewhere = { ...config.mail, from: 'no-reply@elsewhere.example' };
    expect(() => Environment.parse({ ...config, mail: elsewhere })).toThrow(/must be sent from the domain/);
  });
});
