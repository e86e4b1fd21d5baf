import * as z from 'zod';
import type { OwnedResource } from '../access/policy.ts';

/** The registry of problems (RFC 9457): the stable `code`, its HTTP status, its title. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'captions-invalid': { status: 400, title: 'The captions cannot be used' },
  'part-checksum-mismatch': { status: 400, title: 'Parts of the file arrived damaged' },
  'parts-missing': { status: 400, title: 'Parts of the file have not arrived yet' },
  'peek-incomplete': { status: 400, title: 'The head or the tail of the file has not arrived yet' },
  'picture-invalid': { status: 400, title: 'The picture cannot be used' },
  'picture-incomplete': { status: 400, title: 'The picture has not arrived yet' },
  'size-mismatch': { status: 400, title: 'The file is not as long as was declared' },
  'engine-not-available': { status: 400, title: 'The site cannot encode the video in this way' },
  'confirmation-code-wrong': { status: 400, title: 'The confirmation code is wrong or has expired' },
  'password-too-weak': { status: 400, title: 'The password is too weak' },
  'second-factor-wrong': { status: 400, title: 'The code of the second factor is wrong' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'credentials-wrong': { status: 401, title: 'The e-mail address or the password is wrong' },
  'mfa-required': { status: 401, title: 'A code of the authenticator app is needed' },
  'challenge-ended': { status: 401, title: 'The sign-in has taken too long' },
  'session-ended': { status: 401, title: 'The session has ended' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  'origin-refused': { status: 403, title: 'Requests are taken through the site only' },
  'csrf-refused': { status: 403, title: 'The request did not come from the site itself' },
  'quota-exceeded': { status: 403, title: 'That is more than you may upload' },
  'email-not-confirmed': { status: 403, title: 'Confirm the e-mail address first' },
  'password-wrong': { status: 403, title: 'The password is wrong' },
  'membership-needed': { status: 403, title: 'The video is for members' },
  suspended: { status: 403, title: 'The account is suspended' },
  'route-not-found': { status: 404, title: 'There is no such address' },
  'video-not-found': { status: 404, title: 'There is no such video' },
  'source-not-found': { status: 404, title: 'The uploaded file is not kept' },
  'key-not-found': { status: 404, title: 'The video has no such key' },
  'poster-not-found': { status: 404, title: 'The video has no such picture' },
  'captions-not-found': { status: 404, title: 'The video has no such captions' },
  'playlist-not-found': { status: 404, title: 'There is no such playlist' },
  'playlist-item-not-found': { status: 404, title: 'The video is not in the playlist' },
  'comment-not-found': { status: 404, title: 'There is no such comment' },
  'user-not-found': { status: 404, title: 'There is no such person' },
  'channel-not-found': { status: 404, title: 'There is no such channel' },
  'upload-not-found': { status: 404, title: 'There is no such upload' },
  'session-not-found': { status: 404, title: 'There is no such session' },
  'email-taken': { status: 409, title: 'The e-mail address is already registered' },
  'handle-taken': { status: 409, title: 'The handle is taken' },
  'handle-changed-often': { status: 409, title: 'The handle was changed too often' },
  'last-admin': { status: 409, title: 'Nobody would be left to manage people' },
  'roles-held': { status: 409, title: 'The account has roles that have to be given back first' },
  'upload-closed': { status: 409, title: 'The upload has already been completed, aborted or has expired' },
  'too-many-captions': { status: 409, title: 'The video has as many captions as it may' },
  'playlist-full': { status: 409, title: 'The playlist is full' },
  'file-rejected': { status: 409, title: 'The file cannot be used' },
  'comments-closed': { status: 409, title: 'The video takes no comments' },
  'comment-approved': { status: 409, title: 'The comment was let through as it is' },
  'own-channel': { status: 409, title: 'The channel is your own' },
  'not-playable': { status: 409, title: 'The video cannot be played' },
  'not-restorable': { status: 409, title: 'The video cannot be had back' },
  'not-replaceable': { status: 409, title: 'The file of the video cannot be replaced now' },
  'not-reprocessable': { status: 409, title: 'The video cannot be processed again' },
  'request-in-progress': { status: 409, title: 'The same request is being carried out' },
  'version-conflict': { status: 412, title: 'The resource was changed by somebody else meanwhile' },
  'body-too-large': { status: 413, title: 'The request is too large' },
  'file-too-large': { status: 413, title: 'The file is too large' },
  'body-not-json': { status: 415, title: 'The body must be JSON, sent as application/json' },
  'type-not-accepted': { status: 415, title: 'This kind of file is not accepted' },
  'idempotency-key-reused': { status: 422, title: 'The key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service is busy; try again' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
export const ProblemCode = z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]);

/** What is answered of a resource that is not there, or not for the caller. */
export const notFoundCode = {
  video: 'video-not-found',
  keptVideo: 'video-not-found',
  upload: 'upload-not-found',
  comment: 'comment-not-found',
  playlist: 'playlist-not-found',
} as const satisfies Record<OwnedResource, ProblemCode>;

/** A failure the caller can act on, as a value. `extra` are RFC 9457 extension members. */
export class Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(code: ProblemCode, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}

export const problem = (code: ProblemCode, detail: string, extra?: Readonly<Record<string, unknown>>) =>
  new Problem(code, detail, extra);

export const isProblem = (value: unknown): value is Problem => value instanceof Problem;

/** The body of every error answer: `application/problem+json`. */
export const ProblemDocument = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ProblemCode,
  detail: z.string(),
  requestId: z.string(),
});
export type ProblemDocument = z.infer<typeof ProblemDocument>;
