import { Logger } from '@aws-lambda-powertools/logger';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { securityMail } from '../../domain/access/security-notice.ts';
import { securityChanged } from '../../domain/events/events.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { callPolicy } from '../../platform/clients/policy.ts';
import { readEnv } from '../../platform/env.ts';
import { securityMailEnv } from './env.ts';
import { userStore } from './store.ts';

/** `user.security-changed` as the bus delivers it. */
const Changed = z.object({ detail: securityChanged.detail });

const env = readEnv(securityMailEnv);
const log = new Logger({ serviceName: 'auth' });
const users = userStore(dynamoClient(), env.USERS_TABLE);
const ses = new SESv2Client(callPolicy('control'));

/** Something about how an account is signed in to has changed: its owner gets a mail. An event that comes twice is mailed twice. */
export async function handler(event: unknown): Promise<void> {
  const { userId, act, at } = Changed.parse(event).detail;
  const user = await users.user(userId);
  if (!user || user.status === 'deleting') {
    log.info('nobody to tell', { userId, act: act.kind });
    return;
  }
  const { subject, text } = securityMail(act, at, env.SITE_ORIGIN);
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: env.MAIL_FROM,
      Destination: { ToAddresses: [user.email] },
      Content: {
        Simple: {
          Subject: { Data: subject, Charset: 'UTF-8' },
          Body: { Text: { Data: text, Charset: 'UTF-8' } },
          // No answer is wanted from a machine that says its owner is away (RFC 3834, section 5).
          Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
        },
      },
    }),
  );
  log.info('told by mail', { userId, act: act.kind });
}
