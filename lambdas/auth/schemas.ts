import * as z from 'zod';

export const Email = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());
export const Password = z.string().min(1).max(256);
/** Six digits: as mailed, and as authenticator apps show (RFC 6238). */
export const Code = z.string().regex(/^\d{6}$/, 'must be six digits');

/** `browser` sessions get HttpOnly cookies and nothing readable; `api` sessions get bearer tokens in the body. */
export const SessionKind = z.enum(['browser', 'api']);
export type SessionKind = z.infer<typeof SessionKind>;

/** What a session gives. */
export const Tokens = z.object({
  /** Null for browser sessions, whose tokens are in cookies that scripts cannot read. */
  accessToken: z.string().nullable(),
  refreshToken: z.string().nullable(),
  /** Seconds until the access token (or cookie) must be refreshed. */
  expiresInSeconds: z.int().positive(),
});

/** Password routes are the ones that are guessed at: few a second over everybody. */
export const guarded = { ratePerSecond: 50, burst: 100 };
/** What few people do, and seldom. */
export const seldom = { ratePerSecond: 50, burst: 100 };
