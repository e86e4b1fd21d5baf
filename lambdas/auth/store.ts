import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import {
  firstAdminKey,
  type Notable,
  sessionKey,
  UserRecord,
  userItem,
  userKey,
} from '../../platform/records/users.ts';
import { Session } from './session.ts';

/** What awaits confirmation is forgotten after this long. */
const pendingSeconds = 30 * 24 * 3600;

const pendingKey = (userId: UserId) => ({ ...userKey(userId), sk: 'PENDING' });
const Pending = z.object({ passwordProof: z.string() });

/** The user table: a person's profile, sessions and pending registration under one partition key. */
export function userStore(dynamo: Dynamo, table: string) {
  async function read<S extends z.ZodType>(schema: S, key: Record<string, string>): Promise<z.output<S> | undefined> {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item && schema.parse(Item);
  }

  /** Whether the item was written; not if its condition did not hold. */
  async function put(
    item: Record<string, unknown>,
    condition: string,
    values?: Record<string, unknown>,
  ): Promise<boolean> {
    try {
      const given = values && { ExpressionAttributeValues: values };
      await dynamo.send(new PutCommand({ TableName: table, Item: item, ConditionExpression: condition, ...given }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Whether it was written; not if its condition did not hold. */
  async function updateUser(
    userId: UserId,
    update: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>,
  ): Promise<boolean> {
    try {
      await dynamo.send(new UpdateCommand({ TableName: table, Key: userKey(userId), ...update }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    user: (userId: UserId) => read(UserRecord, userKey(userId)),

    /** Makes the user unless they are there already: first come, first kept. */
    async createUser(user: UserRecord): Promise<void> {
      await put(userItem(user), 'attribute_not_exists(pk)');
    },

    session: (userId: string, sessionId: string) => read(Session, sessionKey(userId, sessionId)),

    /**
     * Whether this person becomes the first admin, or has become it. Somebody who did not get from here to their record
     * finds themselves again.
     */
    becomeFirstAdmin: (userId: UserId): Promise<boolean> =>
      put({ ...firstAdminKey, userId }, 'attribute_not_exists(pk) OR userId = :userId', { ':userId': userId }),

    /**
     * Ends all sessions that have begun before `now`, but for `but`, in one write: the verifier reads the record. Of several
     * such writes none takes back what another has ended. Whether it was written: not if all were ended later than `now`, or
     * `but` itself was; nor for who has no record, and so no session.
     */
    endSessions(userId: UserId, now: number, but?: Pick<Session, 'sessionId' | 'createdAt'>): Promise<boolean> {
      const sparing = 'sessionsEnded.#at < :at AND (sessionsEnded.#at <= :begun OR sessionsEnded.but = :but)';
      const unless = but ? sparing : 'sessionsEnded.#at <= :at';
      return updateUser(userId, {
        UpdateExpression: 'SET sessionsEnded = :ended',
        ConditionExpression: `attribute_exists(pk) AND (attribute_not_exists(sessionsEnded) OR (${unless}))`,
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: {
          ':ended': { at: now, ...(but && { but: but.sessionId }) },
          ':at': now,
          ...(but && { ':begun': but.createdAt, ':but': but.sessionId }),
        },
      });
    },

    /** Shuts a person out and marks them as leaving, if they are as they were read. */
    beginDeletion: ({ userId, version }: UserRecord, now: number): Promise<boolean> =>
      updateUser(userId, {
        UpdateExpression:
          'SET #status = :deleting, notable = :deleting, deletingSince = :now, sessionsEnded = :ended, #version = #version + :one',
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#status': 'status', '#version': 'version' },
        ExpressionAttributeValues: {
          ':deleting': 'deleting' satisfies UserRecord['status'] & Notable,
          ':now': now,
          ':ended': { at: now },
          ':read': version,
          ':one': 1,
        },
      }),

    /** Notes that mail arrives at their address. */
    async mailArrives(userId: UserId): Promise<void> {
      await updateUser(userId, { UpdateExpression: 'REMOVE emailState', ConditionExpression: 'attribute_exists(pk)' });
    },

    /** All sessions that the table has of a person, ended ones too. */
    async sessionsOf(userId: UserId): Promise<Session[]> {
      const found: Session[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await dynamo.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sessions)',
            ExpressionAttributeValues: { ':pk': userKey(userId).pk, ':sessions': 'SESSION#' },
            ConsistentRead: true,
            ExclusiveStartKey: from,
          }),
        );
        found.push(...(page.Items ?? []).map((item) => Session.parse(item)));
        from = page.LastEvaluatedKey;
      } while (from);
      return found;
    },

    async createSession(session: Session): Promise<void> {
      const made = await put(
        { ...sessionKey(session.userId, session.sessionId), ...session },
        'attribute_not_exists(pk)',
      );
      if (!made) throw new Error('a session of this id exists');
    },

    /** Replaces a session if it is as it was read; returns whether it was. */
    replaceSession: (next: Session): Promise<boolean> =>
      put({ ...sessionKey(next.userId, next.sessionId), ...next, version: next.version + 1 }, 'version = :read', {
        ':read': next.version,
      }),

    /** Revokes a session whatever it has become, and returns Cognito's token as it held it. */
    async revokeSession(userId: string, sessionId: string, now: number): Promise<Uint8Array | undefined> {
      const answer = await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: sessionKey(userId, sessionId),
          UpdateExpression:
            'SET revokedAt = if_not_exists(revokedAt, :now), #access = :none, #version = #version + :one REMOVE cognitoToken',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#access': 'access', '#version': 'version' },
          ExpressionAttributeValues: { ':now': now, ':none': [], ':one': 1 },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return Session.parse(answer.Attributes).cognitoToken;
    },

    async savePending(userId: UserId, passwordProof: string, now: number): Promise<void> {
      const expiresAt = Math.floor(now / 1000) + pendingSeconds;
      await dynamo.send(
        new PutCommand({ TableName: table, Item: { ...pendingKey(userId), passwordProof, expiresAt } }),
      );
    },
    pending: (userId: UserId) => read(Pending, pendingKey(userId)),
    async deletePending(userId: UserId): Promise<void> {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: pendingKey(userId) }));
    },
  };
}

export type UserStore = ReturnType<typeof userStore>;
