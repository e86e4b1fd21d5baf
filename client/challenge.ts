import * as z from 'zod';
import { ApiError } from './api-error.ts';

const Challenged = z.object({ challenge: z.string() });

/** What a sign-in goes on with that was answered by asking for a code; undefined if it failed otherwise. */
export function challengeOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.problem.code !== 'mfa-required') return undefined;
  return Challenged.parse(error.problem).challenge;
}
