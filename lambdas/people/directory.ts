import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { rolesOnRegistration } from '../../domain/access/roles.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { QueryOf } from '../../domain/api/route.ts';
import { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import {
  byEmailIndex,
  byHandleIndex,
  byNameIndex,
  type Notable,
  nameKey,
  notableIndex,
} from '../../platform/records/users.ts';
import type { adminRoutes } from './admin-routes.ts';
import type { PeopleStore, PersonRecords } from './people.ts';

export type Search = QueryOf<(typeof adminRoutes)['listUsers']>;

/** Pages of an index that one answer may take: of a rare filter a page is short, and goes on at its cursor. */
const maxRounds = 5;

/** A part of an index that is read in order: the keys of one partition that begin with `prefix`. */
interface Shelf {
  readonly index: string;
  readonly partition: { readonly name: string; readonly value: string };
  readonly sort: string;
  /** The sort key of the table: which item of a person the index names. */
  readonly sk: string;
  readonly prefix: string;
}

const directory = { name: 'directory', value: 'person' };
const everybody = {
  email: { index: byEmailIndex, partition: directory, sort: 'email', sk: 'PROFILE' },
  name: { index: byNameIndex, partition: directory, sort: 'nameKey', sk: 'PROFILE' },
  handle: { index: byHandleIndex, partition: directory, sort: 'handle', sk: 'CHANNEL' },
} as const;
const notable = (value: Notable, prefix: string): Shelf => ({
  index: notableIndex,
  partition: { name: 'notable', value },
  sort: 'email',
  sk: 'PROFILE',
  prefix,
});

/** Where to look: what is asked for may be a handful among millions, and those have an index of their own, by address. */
function shelvesFor({ query = '', by, role, status }: Search): Shelf[] {
  const prefix = by === 'name' ? nameKey(query) : query.toLowerCase().replace(by === 'handle' ? /^@/ : '', '');
  if (by === 'email' || query === '') {
    if (status === 'suspended' || status === 'deleting') return [notable(status, by === 'email' ? prefix : '')];
    if (role !== undefined && !rolesOnRegistration.includes(role)) {
      const among: Notable[] = status === 'active' ? ['staff'] : ['staff', 'suspended', 'deleting'];
      return among.map((kind) => notable(kind, by === 'email' ? prefix : ''));
    }
  }
  return [{ ...everybody[by], prefix }];
}

/** Where a list goes on: the shelf, and the last key that was seen on it; none: from its beginning. */
const Cursor = z.tuple([z.int().min(0), z.string().min(1).nullable(), UserId.nullable()]);
type Cursor = z.infer<typeof Cursor>;

const written = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** A cursor that is not ours, or of another search, is the caller's fault. */
function readCursor(text: string | undefined, shelves: readonly Shelf[]): Cursor | undefined {
  if (text === undefined) return [0, null, null];
  try {
    const cursor = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    const [place, key, userId] = cursor;
    const shelf = shelves[place];
    const isWithin = key === null ? userId === null : userId !== null && key.startsWith(shelf?.prefix ?? '\uffff');
    return shelf && isWithin ? cursor : undefined;
  } catch {
    return undefined;
  }
}

const matches = ({ role, status }: Search, { user }: PersonRecords) =>
  (role === undefined || user.roles.includes(role)) && (status === undefined || user.status === status);

/** People as admins look for them: by indexes of keys, read from their records. */
export function directoryOf(dynamo: Dynamo, table: string, people: Pick<PeopleStore, 'people'>) {
  async function keysOf(shelf: Shelf, after: readonly [string, UserId] | undefined, limit: number) {
    const { index, partition, sort, sk, prefix } = shelf;
    const start = after && { pk: `USER#${after[1]}`, sk, [partition.name]: partition.value, [sort]: after[0] };
    const answer = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: `#partition = :value${prefix ? ' AND begins_with(#sort, :prefix)' : ''}`,
        ExpressionAttributeNames: { '#partition': partition.name, ...(prefix && { '#sort': sort }) },
        ExpressionAttributeValues: { ':value': partition.value, ...(prefix && { ':prefix': prefix }) },
        Limit: limit,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const keys = (answer.Items ?? []).map(
      (item) => [String(item[sort]), UserId.parse(String(item['pk']).slice('USER#'.length))] as const,
    );
    return { keys, more: answer.LastEvaluatedKey !== undefined };
  }

  return {
    async find(search: Search): Promise<{ people: PersonRecords[]; cursor: string | null } | Problem> {
      const shelves = shelvesFor(search);
      const from = readCursor(search.cursor, shelves);
      if (from === undefined) {
        return problem('invalid-request', 'cursor: must be one that this list has given', {
          errors: [{ in: 'query', path: 'cursor', message: 'must be one that this list has given' }],
        });
      }
      let [place, key, userId] = from;
      const found: PersonRecords[] = [];
      for (let rounds = 0; rounds < maxRounds && found.length < search.limit; rounds++) {
        const shelf = shelves[place];
        if (shelf === undefined) break;
        const after = key !== null && userId !== null ? ([key, userId] as const) : undefined;
        const { keys, more } = await keysOf(shelf, after, search.limit - found.length);
        const read = await people.people(keys.map(([, id]) => id));
        found.push(...read.filter((person) => matches(search, person)));
        if (more) [key, userId] = keys.at(-1) ?? [null, null];
        else [place, key, userId] = [place + 1, null, null];
      }
      return { people: found, cursor: place < shelves.length ? written([place, key, userId]) : null };
    },

    /** The ids of active admins, and of some who were a moment ago. */
    async *admins(): AsyncGenerator<UserId> {
      let after: readonly [string, UserId] | undefined;
      do {
        const { keys, more } = await keysOf(notable('staff', ''), after, 50);
        const read = await people.people(keys.map(([, id]) => id));
        for (const { user } of read) if (user.status === 'active' && user.roles.includes('admin')) yield user.userId;
        after = more ? keys.at(-1) : undefined;
      } while (after);
    },
  };
}

export type Directory = ReturnType<typeof directoryOf>;
