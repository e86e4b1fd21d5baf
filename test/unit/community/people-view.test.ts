import { beforeEach, expect, it } from 'vitest';
import { UserId } from '../../../domain/ids.ts';
import type { Shown } from '../../../lambdas/community/people-store.ts';
import { peopleView } from '../../../lambdas/community/people-view.ts';
import { channelKey } from '../../../platform/records/channels.ts';
import { userKey } from '../../../platform/records/users.ts';

const userId = UserId.parse('aaaaaaaa-0000-4000-8000-000000000001');
const profile = (name: string) => ({ ...userKey(userId), userId, name, roles: ['viewer'], version: 1 });
const channel = (name: string, picture?: string) => ({
  ...channelKey(userId),
  userId,
  name,
  handle: 'ada-1',
  ...(picture !== undefined && { picture }),
});

let cards: Map<UserId, object>;
let writes: number;
let view: ReturnType<typeof peopleView>;
beforeEach(() => {
  cards = new Map();
  writes = 0;
  view = peopleView({
    async put(id, shown: Shown) {
      writes += 1;
      cards.set(id, { ...cards.get(id), ...shown });
    },
    async remove(id) {
      cards.delete(id);
    },
  });
});

it('a profile and a channel each say their own part of how a person appears', async () => {
  await view.follow({ after: profile('Ada') });
  await view.follow({ after: channel('Ada’s films', 'f00d') });
  const shown = { channelName: 'Ada’s films', handle: 'ada-1', picture: `/media/channels/${userId}/f00d.jpg` };
  expect(cards.get(userId)).toEqual({ personName: 'Ada', ...shown });
  await view.follow({ before: channel('Ada’s films', 'f00d'), after: channel('Ada’s films') });
  expect(cards.get(userId)).toEqual({ personName: 'Ada', ...shown, picture: null });
});

it('what nobody sees costs no write, and sessions and handles are nobody’s name', async () => {
  await view.follow({ before: profile('Ada'), after: { ...profile('Ada'), version: 2, roles: ['viewer', 'admin'] } });
  await view.follow({ after: { pk: 'HANDLE#ada-1', sk: 'HANDLE', userId } });
  await view.follow({ after: { ...userKey(userId), sk: 'SESSION#1', userId, name: 'no name' } });
  expect(writes).toBe(0);
});

it('who has left is forgotten with their record, which goes last', async () => {
  await view.follow({ after: profile('Ada') });
  await view.follow({ after: channel('Films') });
  await view.follow({ before: channel('Films') });
  expect([...cards.keys()]).toEqual([userId]);
  await view.follow({ before: profile('Ada') });
  expect([...cards.keys()]).toEqual([]);
});
