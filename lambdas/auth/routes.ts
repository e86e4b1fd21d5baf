import * as z from 'zod';
import { anyone, signedIn } from '../../domain/access/policy.ts';
import { Role } from '../../domain/access/roles.ts';
import { guessing, reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { UserId } from '../../domain/ids.ts';

const Email = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());
const Password = z.string().min(1).max(256);

/** `browser` sessions get HttpOnly cookies and nothing readable; `api` sessions get bearer tokens in the body. */
const SessionKind = z.enum(['browser', 'api']);

const Tokens = z.object({
  /** Null for browser sessions, whose tokens are in cookies that scripts cannot read. */
  accessToken: z.string().nullable(),
  refreshToken: z.string().nullable(),
  /** Seconds until the access token (or cookie) must be refreshed. */
  expiresInSeconds: z.int().positive(),
});

const Me = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  createdAt: z.int(),
});

/** Password routes are the ones that are guessed at: few a second over everybody. */
const guarded = { ratePerSecond: 50, burst: 100 };

export const routes = {
  register: route({
    method: 'POST',
    path: '/auth/register',
    summary: 'Register with an e-mail address; a code is mailed to it',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email, password: Password, name: z.string().trim().min(1).max(100) }),
    answer: { status: 202, body: z.object({ userId: UserId }) },
    problems: ['email-taken', 'password-too-weak'],
  }),
  confirm: route({
    method: 'POST',
    path: '/auth/confirm',
    summary: 'Confirm the e-mail address with the mailed code',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email, code: z.string().regex(/^\d{6}$/) }),
    answer: { status: 204, body: nothing },
    problems: ['confirmation-code-wrong'],
  }),
  login: route({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email, password: Password, session: SessionKind.default('browser') }),
    answer: { status: 200, body: Tokens },
    problems: ['credentials-wrong', 'email-not-confirmed', 'suspended'],
  }),
  refreshToken: route({
    method: 'POST',
    path: '/auth/refresh-token',
    summary: 'Exchange the refresh token (body, or cookie) for new ones; one used twice ends its session',
    access: anyone,
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: guessing,
    body: z.strictObject({ refreshToken: z.string().max(500).optional() }),
    answer: { status: 200, body: Tokens },
    problems: ['session-ended', 'suspended'],
  }),
  logout: route({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End this session',
    access: signedIn,
    throttle: { ratePerSecond: 200, burst: 400 },
    limits: writing,
    answer: { status: 204, body: nothing },
    problems: [],
  }),
  me: route({
    method: 'GET',
    path: '/me',
    summary: 'Who is signed in',
    access: signedIn,
    throttle: { ratePerSecond: 1000, burst: 2000 },
    limits: reading,
    answer: { status: 200, body: Me },
    problems: [],
  }),
} satisfies Routes;
