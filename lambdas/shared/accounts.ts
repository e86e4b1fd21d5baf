import { BatchGetCommand, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Role } from '../../domain/access/roles.ts';
import { EmailState } from '../../domain/access/undeliverable.ts';
import { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';

/** A person: one item of the user table, which is the auth service's; the verifier reads it and the session. */
export const UserRecord = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  status: z.enum(['active', 'suspended']),
  createdAt: z.int(),
  /** Until when they have a paid plan (ms); absent: they have none. */
  memberUntil: z.int().optional(),
  /** They have ended all sessions that had begun before this (ms), but for one that they go on with. */
  sessionsEnded: z.object({ at: z.int(), but: z.string().optional() }).optional(),
  /** Why mail to them is in vain; absent: as far as we know it arrives. */
  emailState: EmailState.optional(),
});
export type UserRecord = z.infer<typeof UserRecord>;

/** What the verifier needs of a session. */
export const SessionState = z.object({
  userId: UserId,
  /** Cognito's `origin_jti`: the same in every access token of one sign-in. */
  sessionId: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.int(),
  /** SHA-256 of the secrets in the access cookies that are out, and until when each is good (ms). */
  access: z.array(z.object({ hash: z.string(), until: z.int() })),
  revokedAt: z.int().optional(),
  /** Epoch seconds: the table's time-to-live attribute. */
  expiresAt: z.int(),
});
export type SessionState = z.infer<typeof SessionState>;

export const userKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'PROFILE' });
export const sessionKey = (userId: string, sessionId: string) => ({ pk: `USER#${userId}`, sk: `SESSION#${sessionId}` });

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
    const items = await batchGet(dynamo, table, [keys.user, keys.session]);
    const find = (sk: string) => items.find((item) => item['sk'] === sk);
    return {
      user: UserRecord.optional().parse(find(keys.user.sk)),
      session: SessionState.optional().parse(find(keys.session.sk)),
    };
  };

/** A throttled BatchGetItem answers in part and names the rest; two items that stay away three times are an outage. */
async function batchGet(dynamo: Dynamo, table: string, keys: Record<string, string>[]) {
  const items: Record<string, unknown>[] = [];
  let request: BatchGetCommandOutput['UnprocessedKeys'] = { [table]: { Keys: keys, ConsistentRead: true } };
  for (let tries = 0; tries < 3 && request && Object.keys(request).length > 0; tries++) {
    const answer: BatchGetCommandOutput = await dynamo.send(new BatchGetCommand({ RequestItems: request }));
    items.push(...(answer.Responses?.[table] ?? []));
    request = answer.UnprocessedKeys;
  }
  if (request && Object.keys(request).length > 0) throw new Error('the user table answers only in part');
  return items;
}
