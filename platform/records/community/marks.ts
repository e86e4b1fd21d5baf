import { DeleteCommand, GetCommand, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { endOf, idOf, numberOf, Position, positionOf } from '../../../domain/catalogue/position.ts';
import { type CommentId, placeOf, rankOfLike } from '../../../domain/community/comments.ts';
import { UserId, type VideoId } from '../../../domain/ids.ts';
import type { Dynamo } from '../../clients/dynamo.ts';
import { batchDelete, batchGet } from '../batches.ts';
import { type Counter, counted, shardKeys } from '../counters.ts';
import { transact, type Writes } from '../transactions.ts';
import { byPersonIndex, commentKey, likesKey, type PersonalKind, personKey, subscribersKey } from './keys.ts';

/** Something that a person is for, once: a video or a comment that they like, a channel that they subscribe to. */
export type Marked =
  | { readonly kind: 'video'; readonly id: VideoId }
  | { readonly kind: 'comment'; readonly id: CommentId }
  | { readonly kind: 'channel'; readonly id: UserId };

const personal = { video: 'LIKES', comment: 'COMMENT-LIKES', channel: 'SUBSCRIPTIONS' } as const;
const partitionOf = (marked: Marked) => (marked.kind === 'channel' ? subscribersKey(marked.id) : likesKey(marked.id));

export const counterFor = ({ kind, id }: Exclude<Marked, { kind: 'comment' }>): Counter => ({
  name: kind === 'video' ? 'likes' : 'subscribers',
  of: id,
});

/** Likes of videos and subscribers are counted in shards; those of a comment on itself, which few people like at once. */
function counting(table: string, marked: Marked, userId: UserId, by: 1 | -1): Writes[number] {
  if (marked.kind !== 'comment') return counted(table, counterFor(marked), userId, by);
  const isThread = placeOf(marked.id).reply === undefined;
  return {
    Update: {
      TableName: table,
      Key: commentKey(marked.id),
      UpdateExpression: `ADD likes :by${isThread ? ', #rank :rank' : ''}`,
      ConditionExpression: 'attribute_exists(authorId)',
      ...(isThread && { ExpressionAttributeNames: { '#rank': 'rank' } }),
      ExpressionAttributeValues: { ':by': by, ...(isThread && { ':rank': by * rankOfLike }) },
    },
  };
}

/** `gone`: what was to be marked is not there. */
export type Marking = 'done' | 'already' | 'gone';

export function marks(dynamo: Dynamo, table: string) {
  const key = (marked: Marked, userId: UserId) => ({ pk: partitionOf(marked), sk: userId });

  return {
    /** Marks and counts, both or neither; again changes nothing. */
    async set(marked: Marked, userId: UserId, now: number): Promise<Marking> {
      const since = marked.kind === 'comment' ? positionOf(now, placeOf(marked.id).thread) : positionOf(now, marked.id);
      const item = { ...key(marked, userId), person: personKey(personal[marked.kind], userId), since, of: marked.id };
      const put = { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' };
      const failed = await transact(dynamo, [{ Put: put }, counting(table, marked, userId, 1)]);
      if (failed.length === 0) return 'done';
      return failed.includes(0) ? 'already' : 'gone';
    },

    /** Takes the mark back, and what was counted for it. */
    async clear(marked: Marked, userId: UserId): Promise<Marking> {
      const remove = {
        TableName: table,
        Key: key(marked, userId),
        ConditionExpression: 'attribute_exists(pk)',
      };
      const failed = await transact(dynamo, [{ Delete: remove }, counting(table, marked, userId, -1)]);
      if (failed.length === 0) return 'done';
      if (failed.includes(0)) return 'already';
      // What it was counted on has gone; the mark is nobody's any more.
      await dynamo.send(new DeleteCommand({ TableName: table, Key: key(marked, userId) }));
      return 'gone';
    },

    async has(marked: Marked, userId: UserId): Promise<boolean> {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: key(marked, userId), ConsistentRead: true }),
      );
      return Item !== undefined;
    },

    /** Which of these comments the person likes. Eventually consistent. */
    async likedAmong(commentIds: readonly CommentId[], userId: UserId): Promise<ReadonlySet<string>> {
      const Keys = commentIds.map((id) => key({ kind: 'comment', id }, userId));
      return new Set(
        (await batchGet(dynamo, table, { Keys })).map((item) => String(item['pk']).replace(/^LIKES#/, '')),
      );
    },

    /** Videos that a person likes, or channels that they subscribe to, the newest first, below a position. */
    async list(kind: 'video' | 'channel', userId: UserId, limit: number, below?: Position) {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: byPersonIndex,
          KeyConditionExpression: 'person = :person AND since < :below',
          ExpressionAttributeValues: {
            ':person': personKey(personal[kind] satisfies PersonalKind, userId),
            ':below': below ?? endOf(10 ** 15 - 1),
          },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      const positions = Items.map((item) => Position.parse(item['since']));
      return {
        marks: positions.map((position) => ({ id: idOf(position), since: numberOf(position) })),
        /** A full page may be followed by another. */
        cursor: positions.length < limit ? null : (positions.at(-1) ?? null),
      };
    },

    /** Who has marked it. Strongly consistent. */
    async *people(marked: Marked): AsyncIterable<UserId> {
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitionOf(marked) },
        ProjectionExpression: 'sk',
        ConsistentRead: true,
      };
      for await (const { Items = [] } of paginateQuery({ client: dynamo }, query))
        for (const item of Items) yield UserId.parse(item['sk']);
    },

    /** Takes all marks off what has gone itself, and its count. */
    async forget(marked: Marked): Promise<void> {
      const keys: { pk: string; sk: string }[] = [];
      for await (const userId of this.people(marked)) keys.push(key(marked, userId));
      await batchDelete(dynamo, table, keys);
      if (marked.kind !== 'comment') await batchDelete(dynamo, table, shardKeys(counterFor(marked)));
    },
  };
}
export type Marks = ReturnType<typeof marks>;
