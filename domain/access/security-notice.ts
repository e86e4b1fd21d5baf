import * as z from 'zod';

/** What is done about how an account is signed in to, and its owner is told of by mail (OWASP ASVS 4.0.3, 2.2.3 and 2.5.5). */
export const SecurityAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password-changed') }),
  /** With a mailed code, by somebody who has forgotten the one before. */
  z.object({ kind: z.literal('password-reset') }),
  z.object({ kind: z.literal('second-factor-set-up') }),
  z.object({ kind: z.literal('second-factor-removed'), by: z.enum(['owner', 'admin']) }),
  /** By a browser that the account does not know, or by a program, which gets tokens of its own. */
  z.object({ kind: z.literal('signed-in'), device: z.string() }),
]);
export type SecurityAct = z.infer<typeof SecurityAct>;

/** Who has just registered is signing in with all they have, and knows. */
const settlingInMs = 3_600_000;

/** Whether the owner is told of a sign-in by an unknown device. Both in milliseconds since the epoch. */
export const isSignInTold = (registeredAt: number, now: number): boolean => now - registeredAt > settlingInMs;

export interface PlainMail {
  readonly subject: string;
  readonly text: string;
}

/** How each act is told: a subject, and a sentence that the time goes on from. */
function words(act: SecurityAct): { subject: string; sentence: string } {
  switch (act.kind) {
    case 'password-changed':
      return {
        subject: 'Your password was changed',
        sentence: 'The password of your account was changed, and all other sessions were ended',
      };
    case 'password-reset':
      return {
        subject: 'Your password was reset',
        sentence: 'A new password was chosen for your account with a mailed code, and all sessions were ended',
      };
    case 'second-factor-set-up':
      return {
        subject: 'A second factor was set up',
        sentence: 'An authenticator app was set up as the second factor of your account',
      };
    case 'second-factor-removed':
      return {
        subject: 'Your second factor was removed',
        sentence: `The second factor of your account was removed${act.by === 'admin' ? ' by an administrator' : ''}`,
      };
    case 'signed-in':
      return {
        subject: 'A new sign-in to your account',
        sentence: `Somebody has signed in to your account with a browser or program that had not been used before (${act.device})`,
      };
  }
}

/**
 * The mail about an act, at `at` (milliseconds since the epoch). It has the addresses of pages and nothing that opens anything:
 * who reads it along learns that it happened, and no more.
 */
export function securityMail(act: SecurityAct, at: number, siteOrigin: string): PlainMail {
  const { subject, sentence } = words(act);
  return {
    subject,
    text: [
      `${sentence}: ${new Date(at).toUTCString()}.`,
      'If this was you, there is nothing to do.',
      `If it was not, choose a new password at once. That ends every session:\n${siteOrigin}/forgot-password`,
      `Who is signed in, and the second factor:\n${siteOrigin}/account/security`,
    ].join('\n\n'),
  };
}
