import * as z from 'zod';
import { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { batchGet } from '../../platform/records/batches.ts';
import { sessionKey, UserRecord, userKey } from '../../platform/records/users.ts';

/** What the verifier needs of a session. */
export const SessionState = z.object({
  userId: UserId,
  sessionId: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.int(),
  /** SHA-256 of the secrets in the access tokens that are out, and until when each is good (ms). */
  access: z.array(z.object({ hash: z.string(), until: z.int() })),
  revokedAt: z.int().optional(),
  /** Epoch seconds: the table's time-to-live attribute. */
  expiresAt: z.int(),
});
export type SessionState = z.infer<typeof SessionState>;

/**
 * Whether a session still counts: it has not been revoked, by itself or with all others of the person, and has not
 * outlived its time; the table deletes expired items late.
 */
export function isLive(
  { sessionId, createdAt, revokedAt, expiresAt }: Omit<SessionState, 'userId' | 'access'>,
  { sessionsEnded }: Pick<UserRecord, 'sessionsEnded'>,
  now: number,
): boolean {
  const isEnded = sessionsEnded !== undefined && createdAt < sessionsEnded.at && sessionId !== sessionsEnded.but;
  return !isEnded && revokedAt === undefined && expiresAt * 1000 > now;
}

export interface Account {
  readonly user: UserRecord | undefined;
  readonly session: SessionState | undefined;
}
export type ReadAccount = (userId: string, sessionId: string) => Promise<Account>;

/** Reads a caller's session and user item in one strongly consistent call. */
export const accountReader =
  (dynamo: Dynamo, table: string): ReadAccount =>
  async (userId, sessionId) => {
    const keys = { user: userKey(userId), session: sessionKey(userId, sessionId) };
    const items = await batchGet(dynamo, table, { Keys: [keys.user, keys.session], ConsistentRead: true });
    const find = (sk: string) => items.find((item) => item['sk'] === sk);
    return {
      user: UserRecord.optional().parse(find(keys.user.sk)),
      session: SessionState.optional().parse(find(keys.session.sk)),
    };
  };
