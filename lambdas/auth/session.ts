import * as z from 'zod';
import type { UserRecord } from '../../platform/records/users.ts';
import { isLive, SessionState } from '../shared/accounts.ts';
import { hashSecret, newSecret, sameHash } from '../shared/session-token.ts';
import { SessionKind } from './schemas.ts';

/** How long an access token is good for; the refresh that follows asks Cognito whether the person still is. */
export const accessSeconds = 15 * 60;
/** A session ends this long after sign-in, as Cognito's refresh token does. */
export const sessionSeconds = 30 * 24 * 3600;
/** Two tabs may refresh at once: for this long the refresh token just replaced is no reuse. */
export const graceSeconds = 10;
/** Access tokens of one session good at a time: what tabs that refresh at once can make. */
const maxAccessTokens = 8;

/** A session: one item of the user table. Of its secrets it holds hashes only. */
export const Session = SessionState.extend({
  kind: SessionKind,
  /** What it was begun on, for its owner to recognize. */
  device: z.string(),
  /** When it was last refreshed (ms); absent: not since it began. */
  lastSeenAt: z.int().optional(),
  /** Raised by each write; every write asks for the one it has read. */
  version: z.int().positive(),
  refreshHash: z.string(),
  /** The refresh token before this one, and until when it is no reuse (ms). */
  previous: z.object({ hash: z.string(), until: z.int() }).optional(),
  /** Cognito's refresh token, encrypted; gone once the session is revoked. */
  cognitoToken: z.instanceof(Uint8Array).optional(),
});
export type Session = z.infer<typeof Session>;

/** The secrets of a sign-in or refresh. */
export interface Secrets {
  readonly access: string;
  readonly refresh: string;
}

export const newSecrets = (): Secrets => ({ access: newSecret(), refresh: newSecret() });

export type RefreshVerdict = 'current' | 'previous' | 'reused' | 'ended';

/**
 * What showing a refresh secret means. A secret that is neither current nor just replaced has been used before, by its
 * owner or by a thief, and one of the two holds the newer one: the whole session ends.
 */
export function judgeRefresh(
  session: Session,
  user: Pick<UserRecord, 'sessionsEnded'>,
  secret: string,
  now: number,
): RefreshVerdict {
  if (!isLive(session, user, now)) return 'ended';
  const hash = hashSecret(secret);
  if (sameHash(hash, session.refreshHash)) return 'current';
  const { previous } = session;
  return previous && now < previous.until && sameHash(hash, previous.hash) ? 'previous' : 'reused';
}

/** The session after a new access token: for a refresh token within its grace, which is not replaced again. */
export function withAccess(session: Session, access: string, now: number): Session {
  const good = session.access.filter(({ until }) => until > now);
  const fresh = { hash: hashSecret(access), until: now + accessSeconds * 1000 };
  return { ...session, access: [...good, fresh].slice(-maxAccessTokens) };
}

/** The session after a rotation: new secrets, and the old refresh token good for its grace. */
export function rotated(session: Session, secrets: Secrets, now: number): Session {
  return {
    ...withAccess(session, secrets.access, now),
    refreshHash: hashSecret(secrets.refresh),
    lastSeenAt: now,
    previous: { hash: session.refreshHash, until: now + graceSeconds * 1000 },
  };
}

/** A session at sign-in. */
export function newSession(
  about: Pick<Session, 'userId' | 'sessionId' | 'kind' | 'device' | 'cognitoToken'>,
  secrets: Secrets,
  now: number,
): Session {
  const session: Session = {
    ...about,
    createdAt: now,
    version: 1,
    access: [],
    refreshHash: hashSecret(secrets.refresh),
    expiresAt: Math.floor(now / 1000) + sessionSeconds,
  };
  return withAccess(session, secrets.access, now);
}
