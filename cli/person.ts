import { UserId } from '../domain/ids.ts';
import { Failure } from './failure.ts';
import type { Client } from './session.ts';

type People = Pick<Client['people'], 'getUser' | 'listUsers'>;
type User = Awaited<ReturnType<People['getUser']>>;

/** Whom an admin names: by id, by address, or by the handle of their channel, with or without its @. */
export async function personNamed(people: People, named: string): Promise<User> {
  const userId = UserId.safeParse(named);
  if (userId.success) return people.getUser({ params: { userId: userId.data } });
  const by = named.lastIndexOf('@') > 0 ? 'email' : 'handle';
  const name = named.replace(/^@/, '').toLowerCase();
  // Of all that begin so, what is exactly so comes first.
  const { users } = await people.listUsers({ query: { query: name, by, limit: 1 } });
  const found = users.find((user) => user[by]?.toLowerCase() === name);
  if (found) return found;
  throw new Failure('person-not-found', `Nobody has the ${by === 'email' ? 'address' : 'handle'} "${named}".`);
}
