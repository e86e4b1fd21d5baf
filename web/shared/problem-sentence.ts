import { ApiError } from '../../client/client.ts';
import type { ProblemCode } from '../../domain/api/problems.ts';

/** What a person can do about a problem. Codes that are not here are told in the server's own words. */
const sentences: Partial<Record<ProblemCode, string>> = {
  'credentials-wrong': 'The e-mail address or the password is wrong.',
  'email-not-confirmed': 'Confirm your e-mail address first: enter the code that was mailed to you.',
  'email-taken': 'There is already an account with this e-mail address. Sign in instead.',
  'confirmation-code-wrong': 'The code is wrong or has expired. Check the latest mail.',
  'second-factor-wrong': 'That is not the code that the app shows now. Each code works once: wait for the next one.',
  'challenge-ended': 'That has taken too long, or there were too many wrong codes. Begin again.',
  'password-wrong': 'That is not your present password.',
  'password-too-weak': 'This password is too weak. Choose a longer one.',
  'session-not-found': 'This session has ended already.',
  suspended: 'This account is suspended. Write to support if you think that is a mistake.',
  unauthenticated: 'You are signed out. Sign in and try again.',
  'session-ended': 'You are signed out. Sign in and try again.',
  forbidden: 'Your account may not do this.',
  'csrf-refused': 'The request did not come from this site. Reload the page and try again.',
  'video-not-found': 'There is no such video, or it is private.',
  'comment-not-found': 'This comment is no longer there.',
  'comments-closed': 'The owner of the video has turned its comments off.',
  'source-not-found': 'The uploaded file is not kept any more.',
  'upload-not-found': 'This upload is no longer there. Start it again.',
  'upload-closed': 'This upload was ended or has expired. Start it again.',
  'version-conflict': 'Somebody changed this meanwhile. Look at it again and repeat your change.',
  internal: 'Something went wrong on our side. Try again in a moment.',
  unavailable: 'The service is busy. Try again in a moment.',
};

const offline = 'You are offline. Check the connection; this page goes on by itself when it is back.';
/** An answer that is not as this version of the page expects it. */
const outdated = 'This page is out of date. Reload it and try again.';
const unreachable = 'The service cannot be reached. Try again in a moment.';

/** A failure as one sentence that says what to do. */
export function problemSentence(error: unknown): string {
  if (error instanceof ApiError) return sentences[error.problem.code] ?? (error.problem.detail || error.problem.title);
  if (typeof navigator !== 'undefined' && navigator.onLine === false) return offline;
  if (!(error instanceof Error)) return unreachable;
  if (error.name === 'ZodError') return outdated;
  // fetch() rejects with a TypeError whenever no answer came at all.
  if (error instanceof TypeError || error.name === 'TimeoutError' || error.message === '') return unreachable;
  return error.message;
}
