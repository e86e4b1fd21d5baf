import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, paginateQuery, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { positionOf } from '../../../domain/catalogue/position.ts';
import { Comment, type CommentId, commentIdOf, placeOf, rankOf, threadOf } from '../../../domain/community/comments.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import type { Dynamo } from '../../clients/dynamo.ts';
import { batchDelete } from '../batches.ts';
import { counted, shardKeys } from '../counters.ts';
import { transact, type Writes } from '../transactions.ts';
import { byRankIndex, commentKey, commentsKey, personKey, repliesPrefix, threadPrefix } from './keys.ts';
import { marks } from './marks.ts';
import { settingsKey } from './settings.ts';

/** Where a page of threads by rank ended: the rank, and the thread. */
interface RankCursor {
  readonly rank: number;
  readonly thread: string;
}

interface PageOf<Cursor> {
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** A thread that loses or gains a reply while it is removed is looked at again. */
const maxTries = 5;

export function commentRecords(dynamo: Dynamo, table: string) {
  const counter = (commentId: CommentId) => ({ name: 'comments' as const, of: placeOf(commentId).videoId });
  const repliesBy = (commentId: CommentId, by: 1 | -1): Writes[number] => ({
    Update: {
      TableName: table,
      Key: commentKey(threadOf(commentId)),
      UpdateExpression: 'ADD replies :by',
      // A reply may leave a thread whose beginning was removed, and cannot join it.
      ConditionExpression: by === 1 ? '#state = :shown' : 'attribute_exists(pk)',
      ...(by === 1 && { ExpressionAttributeNames: { '#state': 'state' } }),
      ExpressionAttributeValues: { ':by': by, ...(by === 1 && { ':shown': 'shown' }) },
    },
  });
  const isReply = (commentId: CommentId) => placeOf(commentId).reply !== undefined;

  async function get(commentId: CommentId): Promise<Comment | undefined> {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: commentKey(commentId), ConsistentRead: true }),
    );
    return Item && Comment.parse(Item);
  }

  /** What takes a comment away, in the state in which it was read. */
  function removal({ commentId, state, authorId, replies }: Comment): Writes {
    const Key = commentKey(commentId);
    const names = { '#state': 'state' };
    const whole: Writes[number] = {
      Delete: {
        TableName: table,
        Key,
        ConditionExpression: '#state = :state AND replies = :none',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':state': state, ':none': 0 },
      },
    };
    if (state !== 'shown' || authorId === undefined) return [whole];
    const fewer = counted(table, counter(commentId), authorId, -1);
    if (isReply(commentId)) return [whole, fewer, repliesBy(commentId, -1)];
    if (replies === 0) return [whole, fewer];
    const emptied: Writes[number] = {
      Update: {
        TableName: table,
        Key,
        UpdateExpression: 'SET #state = :removed REMOVE authorId, #text, editedAt, person, since, topOf',
        ConditionExpression: '#state = :shown AND replies > :none',
        ExpressionAttributeNames: { ...names, '#text': 'text' },
        ExpressionAttributeValues: { ':removed': 'removed', ':shown': 'shown', ':none': 0 },
      },
    };
    return [emptied, fewer];
  }

  /** The place of a removed comment is kept for its replies; with the last of them it goes. */
  async function dropEmptyThread(commentId: CommentId): Promise<void> {
    try {
      await dynamo.send(
        new DeleteCommand({
          TableName: table,
          Key: commentKey(threadOf(commentId)),
          ConditionExpression: '#state = :removed AND replies = :none',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':removed': 'removed', ':none': 0 },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  const parsed = (items: Record<string, unknown>[] | undefined) => (items ?? []).map((item) => Comment.parse(item));

  return {
    get,

    /** Adds and counts it, both or neither; a held one is not counted. Whether it was: not if there is no such thread. */
    async add(comment: Comment & { authorId: UserId }): Promise<boolean> {
      const { commentId, authorId, state, createdAt } = comment;
      const { videoId, thread, reply } = placeOf(commentId);
      const item = {
        ...Comment.parse(comment),
        ...commentKey(commentId),
        person: personKey('COMMENTS', authorId),
        since: positionOf(createdAt, reply ?? thread),
        ...(reply === undefined && { topOf: videoId, rank: rankOf(comment) }),
      };
      const put: Writes[number] = {
        Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
      };
      const shown = state === 'shown' ? [counted(table, counter(commentId), authorId, 1)] : [];
      const joined = state === 'shown' && reply !== undefined ? [repliesBy(commentId, 1)] : [];
      return (await transact(dynamo, [put, ...shown, ...joined])).length === 0;
    },

    /** Lets a held comment through as it was read; whether it was held, and still that. */
    async show({ commentId, authorId, version }: Comment): Promise<boolean> {
      if (authorId === undefined) return false;
      const update: Writes[number] = {
        Update: {
          TableName: table,
          Key: commentKey(commentId),
          UpdateExpression: 'SET #state = :shown',
          ConditionExpression: '#state = :held AND #version = :read',
          ExpressionAttributeNames: { '#state': 'state', '#version': 'version' },
          ExpressionAttributeValues: { ':shown': 'shown', ':held': 'held', ':read': version },
        },
      };
      const joined = isReply(commentId) ? [repliesBy(commentId, 1)] : [];
      const failed = await transact(dynamo, [update, counted(table, counter(commentId), authorId, 1), ...joined]);
      return failed.length === 0;
    },

    /** The comment after it; undefined if it has another version, is no longer held where it must be, or no longer there. */
    async edit(
      commentId: CommentId,
      text: string,
      { version, onlyHeld }: { readonly version: number | undefined; readonly onlyHeld: boolean },
      now: number,
    ) {
      try {
        const { Attributes } = await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: commentKey(commentId),
            UpdateExpression: 'SET #text = :text, editedAt = :now ADD #version :one',
            ConditionExpression: [
              'attribute_exists(authorId)',
              ...(version === undefined ? [] : ['#version = :seen']),
              ...(onlyHeld ? ['#state = :held'] : []),
            ].join(' AND '),
            ExpressionAttributeNames: {
              '#text': 'text',
              '#version': 'version',
              ...(onlyHeld && { '#state': 'state' }),
            },
            ExpressionAttributeValues: {
              ':text': text,
              ':now': now,
              ':one': 1,
              ...(version !== undefined && { ':seen': version }),
              ...(onlyHeld && { ':held': 'held' }),
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return Comment.parse(Attributes);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    /** Removes a comment and counts it off. Replies to it stay, under an empty place. Whether it was there. */
    async remove(commentId: CommentId): Promise<boolean> {
      for (let tries = 0; tries < maxTries; tries++) {
        const comment = await get(commentId);
        if (comment === undefined || comment.state === 'removed') return false;
        if ((await transact(dynamo, removal(comment))).length > 0) continue;
        if (isReply(commentId)) await dropEmptyThread(commentId);
        await marks(dynamo, table).forget({ kind: 'comment', id: commentId });
        return true;
      }
      throw new Error(`${commentId} changed ${maxTries} times while it was to be removed`);
    },

    /** The threads of a video, the newest first; `after` a thread. */
    async newest(videoId: VideoId, { limit, after }: PageOf<string>) {
      const { Items } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :threads)',
          ExpressionAttributeValues: { ':pk': commentsKey(videoId), ':threads': threadPrefix },
          ScanIndexForward: false,
          Limit: limit,
          ...(after !== undefined && {
            ExclusiveStartKey: { pk: commentsKey(videoId), sk: `${threadPrefix}${after}` },
          }),
        }),
      );
      return parsed(Items);
    },

    /** The threads of a video, the best first. Eventually consistent. */
    async top(videoId: VideoId, { limit, after }: PageOf<RankCursor>) {
      const { Items } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: byRankIndex,
          KeyConditionExpression: 'topOf = :video',
          ExpressionAttributeValues: { ':video': videoId },
          ScanIndexForward: false,
          Limit: limit,
          ...(after && {
            ExclusiveStartKey: {
              ...commentKey(commentIdOf({ videoId, thread: after.thread })),
              topOf: videoId,
              rank: after.rank,
            },
          }),
        }),
      );
      return parsed(Items);
    },

    /** The replies of a thread, the oldest first; `after` a reply. */
    async replies(commentId: CommentId, { limit, after }: PageOf<string>) {
      const { pk } = commentKey(commentId);
      const prefix = repliesPrefix(placeOf(commentId).thread);
      const { Items } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :replies)',
          ExpressionAttributeValues: { ':pk': pk, ':replies': prefix },
          Limit: limit,
          ...(after !== undefined && { ExclusiveStartKey: { pk, sk: `${prefix}${after}` } }),
        }),
      );
      return parsed(Items);
    },

    /** Deletes all comments of a video that has gone, their likes and their count. */
    async forget(videoId: VideoId): Promise<void> {
      for await (const { commentId } of this.all(videoId)) {
        await marks(dynamo, table).forget({ kind: 'comment', id: commentId });
        await batchDelete(dynamo, table, [commentKey(commentId)]);
      }
      await batchDelete(dynamo, table, [...shardKeys({ name: 'comments', of: videoId }), settingsKey(videoId)]);
    },

    /** All of a video's, in any state. Strongly consistent. */
    async *all(videoId: VideoId): AsyncIterable<Comment> {
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': commentsKey(videoId) },
        ConsistentRead: true,
      };
      for await (const { Items } of paginateQuery({ client: dynamo }, query)) yield* parsed(Items);
    },
  };
}
export type Comments = ReturnType<typeof commentRecords>;
