import { expect, it } from 'vitest';
import { personNamed } from '../../../cli/person.ts';
import type { Client } from '../../../cli/session.ts';
import { UserId } from '../../../domain/ids.ts';

type People = Parameters<typeof personNamed>[0];
type User = Awaited<ReturnType<Client['people']['getUser']>>;

const user = (end: number, email: string, handle: string | null): User => ({
  userId: UserId.parse(`aaaaaaaa-0000-4000-8000-00000000000${end}`),
  email,
  handle,
  name: 'Ada',
  roles: ['viewer'],
  status: 'active',
  suspendedBecause: null,
  emailState: null,
  memberUntil: null,
  createdAt: 0,
  version: 1,
});
const [ada, adam] = [user(1, 'ada@example.com', 'ada'), user(2, 'ada@example.com.au', 'adam')];

/** People by what they are looked for by, in its order, as the API has them. */
const people: People = {
  getUser: async ({ params }) => {
    const found = [ada, adam].find(({ userId }) => userId === params.userId);
    if (!found) throw new Error('user-not-found');
    return found;
  },
  listUsers: async (sent) => {
    const { query = '', by = 'email' as const, limit = 25 } = sent?.query ?? {};
    const found = [adam, ada].filter((one) => one[by]?.startsWith(query));
    return {
      users: found.sort((a, b) => ((a[by] ?? '') < (b[by] ?? '') ? -1 : 1)).slice(0, Number(limit)),
      cursor: null,
    };
  },
};

it.each([ada.userId, 'ada@example.com', 'ADA@Example.com', '@ada', 'ada'])('%s is Ada', async (named) => {
  expect(await personNamed(people, named)).toBe(ada);
});

it.each(['ada@example', '@ad', 'nobody@example.com'])(
  '%s is nobody: how they begin does not name a person',
  async (named) => {
    await expect(personNamed(people, named)).rejects.toMatchObject({ code: 'person-not-found' });
  },
);
