import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { PersonCard } from '../../domain/community/person.ts';
import { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { batchGet } from '../../platform/records/batches.ts';
import { cardKey } from '../../platform/records/community/keys.ts';

/** In the place of who is not known, or not yet: their record is on its way here. */
export const unknownPerson = (userId: UserId): PersonCard => ({
  userId,
  name: 'Somebody',
  handle: null,
  picture: null,
});

/** A channel's name goes before that of its person. */
const Card = z
  .object({
    userId: UserId,
    personName: z.string().optional(),
    channelName: z.string().optional(),
    handle: z.string().nullable().default(null),
    picture: z.string().nullable().default(null),
  })
  .transform(({ userId, personName, channelName, handle, picture }): PersonCard => {
    const name = channelName ?? personName ?? unknownPerson(userId).name;
    return { userId, name, handle, picture };
  });

/** What one record shows of a person. */
export type Shown =
  | { readonly personName: string }
  | { readonly channelName: string; readonly handle: string; readonly picture: string | null };

/** What others see of people: a view of their records. */
export function peopleStore(dynamo: Dynamo, table: string) {
  return {
    /** Cards by id; whoever is not known is absent. Eventually consistent. */
    async cards(userIds: Iterable<UserId>): Promise<ReadonlyMap<UserId, PersonCard>> {
      const items = await batchGet(dynamo, table, { Keys: [...new Set(userIds)].map(cardKey) });
      return new Map(items.map((item) => Card.parse(item)).map((card) => [card.userId, card]));
    },

    /** What is not given stays as it is. */
    async put(userId: UserId, shown: Shown): Promise<void> {
      const fields = Object.entries({ userId, ...shown });
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: cardKey(userId),
          UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
        }),
      );
    },

    async remove(userId: UserId): Promise<void> {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: cardKey(userId) }));
    },
  };
}
export type People = ReturnType<typeof peopleStore>;
