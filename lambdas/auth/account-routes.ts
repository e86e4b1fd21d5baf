import * as z from 'zod';
import { role, signedIn } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { UserId } from '../../domain/ids.ts';
import { Code, Password, SessionKind, seldom } from './schemas.ts';

const SessionId = z.guid();

const SessionSummary = z.object({
  sessionId: SessionId,
  kind: SessionKind,
  /** Browser and system, as they said at sign-in. */
  device: z.string(),
  createdAt: z.int(),
  /** When it was last refreshed (ms): what is used is refreshed every quarter of an hour. */
  lastSeenAt: z.int(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
});

/** What people do about the security of their own account. */
export const accountRoutes = {
  changePassword: route({
    method: 'POST',
    path: '/me/password',
    summary: 'Change the password; ends all other sessions',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    body: z.strictObject({ oldPassword: Password, newPassword: Password }),
    answer: { status: 204, body: nothing },
    problems: ['password-wrong', 'password-too-weak'],
  }),
  listSessions: route({
    method: 'GET',
    path: '/me/sessions',
    summary: 'The sessions that go on, newest first: at most 100',
    access: signedIn,
    throttle: seldom,
    limits: reading,
    answer: { status: 200, body: z.object({ sessions: z.array(SessionSummary) }) },
    problems: [],
  }),
  endSession: route({
    method: 'DELETE',
    path: '/me/sessions/{sessionId}',
    summary: 'End one of your sessions',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    params: z.object({ sessionId: SessionId }),
    answer: { status: 204, body: nothing },
    problems: ['session-not-found'],
  }),
  endSessions: route({
    method: 'DELETE',
    path: '/me/sessions',
    summary: 'End all of your sessions, this one too',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    answer: { status: 204, body: nothing },
    problems: [],
  }),
  secondFactor: route({
    method: 'GET',
    path: '/me/mfa',
    summary: 'Whether a second factor is asked for at sign-in',
    access: signedIn,
    throttle: seldom,
    limits: reading,
    answer: { status: 200, body: z.object({ totp: z.boolean() }) },
    problems: [],
  }),
  beginTotp: route({
    method: 'POST',
    path: '/me/mfa/totp',
    summary: 'A secret for an authenticator app (RFC 6238); it counts once a code made of it has been shown',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    body: z.strictObject({ password: Password }),
    answer: {
      status: 200,
      body: z.object({
        /** Base32, for who types it in. */
        secret: z.string(),
        /** What a QR code of it says. */
        otpauthUri: z.string(),
      }),
    },
    problems: ['password-wrong'],
  }),
  confirmTotp: route({
    method: 'POST',
    path: '/me/mfa/totp/confirm',
    summary: 'Show a first code: from now on one is asked for at sign-in',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    body: z.strictObject({ code: Code }),
    answer: { status: 204, body: nothing },
    problems: ['second-factor-wrong'],
  }),
  endTotp: route({
    method: 'POST',
    path: '/me/mfa/totp/disable',
    summary: 'Ask for no second factor any more',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    body: z.strictObject({ password: Password }),
    answer: { status: 204, body: nothing },
    problems: ['password-wrong'],
  }),
  removeTotp: route({
    method: 'DELETE',
    path: '/admin/users/{userId}/mfa',
    summary: 'Ask somebody for no second factor any more: they have lost it. It stands in the audit trail',
    access: role('admin'),
    throttle: seldom,
    limits: writing,
    params: z.object({ userId: UserId }),
    answer: { status: 204, body: nothing },
    problems: ['user-not-found'],
  }),
  deleteAccount: route({
    method: 'POST',
    path: '/me/deletion',
    summary: 'Delete your account: you are out at once, and all that is kept about you is removed',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    body: z.strictObject({ password: Password }),
    answer: { status: 202, body: nothing },
    problems: ['password-wrong', 'roles-held'],
  }),
} satisfies Routes;
