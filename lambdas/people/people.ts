import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { batchGet } from '../../platform/records/batches.ts';
import { ChannelRecord, channelKey, HandleRecord, handleKey } from '../../platform/records/channels.ts';
import { nameKey, UserRecord, userKey } from '../../platform/records/users.ts';

/** A person's record, and their channel if they have one. */
export interface PersonRecords {
  readonly user: UserRecord;
  readonly channel: ChannelRecord | undefined;
}

/** The records of people, read. All reads are strongly consistent. */
export function peopleStore(dynamo: Dynamo, table: string) {
  return {
    async user(userId: UserId): Promise<UserRecord | undefined> {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: userKey(userId), ConsistentRead: true }),
      );
      return Item && UserRecord.parse(Item);
    },

    /** Records and channels of up to 50 people in one call; those who are not there are left out, the order stays. */
    async people(userIds: readonly UserId[]): Promise<PersonRecords[]> {
      const Keys = userIds.flatMap((userId) => [userKey(userId), channelKey(userId)]);
      const items = await batchGet(dynamo, table, { Keys, ConsistentRead: true });
      const find = ({ pk, sk }: { pk: string; sk: string }) =>
        items.find((item) => item['pk'] === pk && item['sk'] === sk);
      return userIds.flatMap((userId) => {
        const user = find(userKey(userId));
        const channel = ChannelRecord.optional().parse(find(channelKey(userId)));
        return user ? [{ user: UserRecord.parse(user), channel }] : [];
      });
    },

    /** Whose a handle is; one that was given up, until its time is over. */
    async ownerOf(handle: string, now: number): Promise<UserId | undefined> {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: handleKey(handle), ConsistentRead: true }),
      );
      const found = Item && HandleRecord.parse(Item);
      return found && (found.until ?? Number.POSITIVE_INFINITY) > now ? found.userId : undefined;
    },

    /** Whether there was somebody to rename. */
    async rename(userId: UserId, name: string): Promise<boolean> {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: userKey(userId),
            UpdateExpression: 'SET #name = :name, nameKey = :nameKey, #version = #version + :one',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#name': 'name', '#version': 'version' },
            ExpressionAttributeValues: { ':name': name, ':nameKey': nameKey(name), ':one': 1 },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

export type PeopleStore = ReturnType<typeof peopleStore>;
