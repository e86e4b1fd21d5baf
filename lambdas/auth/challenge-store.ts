import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { userKey } from '../../platform/records/users.ts';
import { SessionKind } from './schemas.ts';

/** A sign-in whose password was right, until its code has come. Of its secret it holds a hash only. */
const Challenge = z.object({
  userId: UserId,
  challengeId: z.string(),
  challengeHash: z.string(),
  /** The address that was signed in with. */
  email: z.string(),
  kind: SessionKind,
  /** As Cognito calls the person. */
  username: z.string(),
  /** What Cognito wants the code with, encrypted: with it a client could go to Cognito itself, past us. */
  cognitoSession: z.instanceof(Uint8Array),
  /** When the password was right (ms). */
  createdAt: z.int(),
  /** Codes that have been tried. */
  tries: z.int(),
  /** Epoch seconds: the table's time-to-live attribute. */
  expiresAt: z.int(),
});
export type Challenge = z.infer<typeof Challenge>;

/** Three slips, and the clock of the app may have turned over between two. */
const maxTries = 5;

const keyOf = ({ userId, challengeId }: Readonly<Record<'userId' | 'challengeId', string>>) => ({
  ...userKey(userId),
  sk: `CHALLENGE#${challengeId}`,
});

/** Open challenges, in the user table. */
export const challengeStore = (dynamo: Dynamo, table: string) => ({
  async create(challenge: Challenge): Promise<void> {
    await dynamo.send(new PutCommand({ TableName: table, Item: { ...keyOf(challenge), ...challenge } }));
  },

  async read(userId: string, challengeId: string): Promise<Challenge | undefined> {
    const Key = keyOf({ userId, challengeId });
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Challenge.optional().parse(Item);
  },

  /** Counts a try before it is made: of many at once no more pass than there may be. False: there may be no more. */
  async useTry(challenge: Challenge): Promise<boolean> {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(challenge),
          UpdateExpression: 'ADD tries :one',
          ConditionExpression: 'attribute_exists(pk) AND tries < :max',
          ExpressionAttributeValues: { ':one': 1, ':max': maxTries },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },

  async remove(challenge: Challenge): Promise<void> {
    await dynamo.send(new DeleteCommand({ TableName: table, Key: keyOf(challenge) }));
  },
});

export type ChallengeStore = ReturnType<typeof challengeStore>;
