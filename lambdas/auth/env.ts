import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({
  USER_POOL_ID: z.string(),
  USER_POOL_CLIENT_ID: z.string(),
  /** KMS key under which Cognito's refresh tokens are kept. */
  SESSION_KEY_ARN: z.string(),
  EVENT_BUS_NAME: z.string(),
  /** What admins do to people. */
  AUDIT_TABLE: z.string(),
  /** Who becomes an admin by confirming this address, if nobody has; empty: nobody. */
  FIRST_ADMIN: z.email().or(z.literal('')),
});

export const securityMailEnv = z.object({
  USERS_TABLE: z.string(),
  SITE_ORIGIN: z.url(),
  /** Name and address, as RFC 5322 writes them. */
  MAIL_FROM: z.string(),
});

export const mailEventsEnv = z.object({ USERS_TABLE: z.string(), USER_POOL_ID: z.string() });
