import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({
  USER_POOL_ID: z.string(),
  USER_POOL_CLIENT_ID: z.string(),
  /** KMS key under which Cognito's refresh tokens are kept. */
  SESSION_KEY_ARN: z.string(),
  /** What admins do to people. */
  AUDIT_TABLE: z.string(),
  /** Who becomes an admin by confirming this address, if nobody has; empty: nobody. */
  FIRST_ADMIN: z.email().or(z.literal('')),
});

export const mailEventsEnv = z.object({ USERS_TABLE: z.string(), USER_POOL_ID: z.string() });
