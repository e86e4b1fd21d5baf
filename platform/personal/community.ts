import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Comment, type CommentId, CommentId as Id } from '../../domain/community/comments.ts';
import { UserId, VideoId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { batchDelete } from '../records/batches.ts';
import { commentRecords } from '../records/community/comments.ts';
import {
  byPersonIndex,
  cardKey,
  commentIdOfKey,
  type PersonalKind,
  personalKinds,
  personKey,
} from '../records/community/keys.ts';
import { type Marked, marks } from '../records/community/marks.ts';
import type { PersonalStore } from './personal.ts';
import { itemsOf } from './table.ts';

interface Written {
  readonly kind: PersonalKind;
  readonly pk: string;
  readonly sk: string;
  readonly since: string;
}

/**
 * What a person has written, liked and subscribed to, and who has subscribed to them. It is taken back as they would do it
 * themselves, so that counts stay the number of what is there.
 */
export function personalCommunity(dynamo: Dynamo, table: string): PersonalStore {
  const comments = commentRecords(dynamo, table);
  const marked = marks(dynamo, table);

  async function* writtenBy(userId: UserId): AsyncGenerator<Written> {
    for (const kind of personalKinds) {
      const query = {
        TableName: table,
        IndexName: byPersonIndex,
        KeyConditionExpression: 'person = :person',
        ExpressionAttributeValues: { ':person': personKey(kind, userId) },
      };
      for await (const item of itemsOf(dynamo, query))
        yield { kind, pk: String(item['pk']), sk: String(item['sk']), since: String(item['since']) };
    }
  }

  async function hasCard(userId: UserId): Promise<boolean> {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: cardKey(userId), ConsistentRead: true }),
    );
    return Item !== undefined;
  }

  async function hasSubscribers(userId: UserId): Promise<boolean> {
    for await (const _ of marked.people({ kind: 'channel', id: userId })) return true;
    return false;
  }

  return {
    async *collect(userId) {
      for await (const written of writtenBy(userId)) {
        const at = Number(written.since.slice(0, 15));
        if (written.kind !== 'COMMENTS') yield { kind: written.kind, of: idIn(written), at };
        else {
          const comment = await comments.get(commentIdOfKey(written));
          if (comment) yield { kind: written.kind, ...said(comment) };
        }
      }
      if (await hasCard(userId)) yield { kind: 'CARD' };
      // That there are some; who they are is theirs.
      if (await hasSubscribers(userId)) yield { kind: 'SUBSCRIBERS' };
    },

    async erase(userId) {
      for await (const written of writtenBy(userId)) {
        if (written.kind === 'COMMENTS') await comments.remove(commentIdOfKey(written));
        else await marked.clear(markedBy(written.kind, idIn(written)), userId);
      }
      await marked.forget({ kind: 'channel', id: userId });
      await batchDelete(dynamo, table, [cardKey(userId)]);
    },
  };
}

const said = ({ commentId, text, createdAt, editedAt }: Comment) => ({ commentId, text, createdAt, editedAt });

/** The id behind the kind of a partition. */
const idIn = ({ pk }: Pick<Written, 'pk'>): string => pk.slice(pk.indexOf('#') + 1);

function markedBy(kind: Exclude<PersonalKind, 'COMMENTS'>, id: string): Marked {
  if (kind === 'LIKES') return { kind: 'video', id: VideoId.parse(id) };
  if (kind === 'SUBSCRIPTIONS') return { kind: 'channel', id: UserId.parse(id) };
  return { kind: 'comment', id: Id.parse(id) satisfies CommentId };
}
