import * as z from 'zod';
import { anyone, signedIn } from '../../domain/access/policy.ts';
import { Role } from '../../domain/access/roles.ts';
import { guessing, reading, renewing, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { UserId } from '../../domain/ids.ts';
import { PersonName } from '../../domain/people/channel.ts';
import { accountRoutes } from './account-routes.ts';
import { Code, Email, guarded, Password, SessionKind, Tokens } from './schemas.ts';

const Me = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  createdAt: z.int(),
});

export const routes = {
  register: route({
    method: 'POST',
    path: '/auth/register',
    summary: 'Register with an e-mail address; a code is mailed to it',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email, password: Password, name: PersonName }),
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
    body: z.strictObject({ email: Email, code: Code }),
    answer: { status: 204, body: nothing },
    problems: ['confirmation-code-wrong'],
  }),
  resendCode: route({
    method: 'POST',
    path: '/auth/resend-code',
    summary: 'Mail the confirmation code again; the answer does not tell whether there is anybody to confirm',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email }),
    answer: { status: 202, body: nothing },
    problems: [],
  }),
  login: route({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in; with a second factor, "mfa-required" has the challenge that the code goes with',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email, password: Password, session: SessionKind.default('browser') }),
    answer: { status: 200, body: Tokens },
    problems: ['credentials-wrong', 'mfa-required', 'email-not-confirmed', 'suspended'],
  }),
  answerChallenge: route({
    method: 'POST',
    path: '/auth/mfa',
    summary: 'The second step of a sign-in: the code of the authenticator app',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ challenge: z.string().max(200), code: Code }),
    answer: { status: 200, body: Tokens },
    problems: ['second-factor-wrong', 'challenge-ended', 'suspended'],
  }),
  forgotPassword: route({
    method: 'POST',
    path: '/auth/forgot-password',
    summary:
      'Mail a code by which a new password can be chosen; the answer does not tell whether there is such an account',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email }),
    answer: { status: 202, body: nothing },
    problems: [],
  }),
  resetPassword: route({
    method: 'POST',
    path: '/auth/reset-password',
    summary: 'Choose a new password with the mailed code; ends all sessions of the account',
    access: anyone,
    throttle: guarded,
    limits: guessing,
    body: z.strictObject({ email: Email, code: Code, password: Password }),
    answer: { status: 204, body: nothing },
    problems: ['confirmation-code-wrong', 'password-too-weak'],
  }),
  refreshToken: route({
    method: 'POST',
    path: '/auth/refresh-token',
    summary: 'Exchange the refresh token (body, or cookie) for new ones; one used twice ends its session',
    access: anyone,
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: renewing,
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
  ...accountRoutes,
} satisfies Routes;
