import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf } from '../../domain/api/route.ts';
import { UserId } from '../../domain/ids.ts';
import { channelPicturePath } from '../../domain/people/channel.ts';
import { formerHandleMs, type Handle, handleFrom, isReserved, maxFormerHandles } from '../../domain/people/handle.ts';
import type { ChannelRecord } from '../../platform/records/channels.ts';
import type { UserRecord } from '../../platform/records/users.ts';
import type { ChannelStore } from './channel-store.ts';
import type { PeopleStore } from './people.ts';
import type { routes } from './routes.ts';

type Routes = typeof routes;
type Answer<R extends keyof Routes> = Promise<AnswerOf<Routes[R]> | Problem>;
type MyChannel = AnswerOf<Routes['getMyChannel']>;

export interface ChannelDeps {
  readonly people: Pick<PeopleStore, 'people' | 'ownerOf' | 'rename'>;
  readonly channels: ChannelStore;
  /** Some random lowercase letters and digits. */
  readonly newMark: () => string;
}

/** Writers of one channel are one person's pages; a mark that is taken is taken by chance. More than this is neither. */
const maxTries = 5;

const notFound = () => problem('channel-not-found', 'There is no such channel.');
const gone = () => problem('session-ended', 'The account is not there any more.');
const taken = () => problem('handle-taken', 'Somebody has this handle, or nobody may. Choose another.');
const busy = () => problem('unavailable', 'The channel is being changed by many at once.');

const shown = ({ userId, handle, name, description, picture, since }: ChannelRecord) => ({
  userId,
  handle,
  name,
  description,
  picture: channelPicturePath({ userId, picture }),
  since,
});

/** What a change makes of a channel; a handle that is given up leads to it for a while. */
function changed(
  channel: ChannelRecord,
  edit: BodyOf<Routes['updateMyChannel']>,
  now: number,
): ChannelRecord | Problem {
  const { handle = channel.handle, name = channel.name, description = channel.description } = edit;
  const next = { ...channel, handle, name, description };
  if (handle === channel.handle) return next;
  if (isReserved(handle)) return taken();
  const kept = channel.formerHandles.filter((former) => former.until > now && former.handle !== handle);
  if (kept.length >= maxFormerHandles) {
    const freeAt = Math.min(...kept.map(({ until }) => until));
    return problem('handle-changed-often', 'The handle was changed several times lately. Wait some weeks.', { freeAt });
  }
  return { ...next, formerHandles: [...kept, { handle: channel.handle, until: now + formerHandleMs }] };
}

/** Channels, as their owners and as everybody see them. */
export function channelService({ people, channels, newMark }: ChannelDeps) {
  /** A person's channel, made the first time it is needed; undefined if there is no such person. */
  async function ensured(
    userId: UserId,
    now: number,
  ): Promise<{ user: UserRecord; channel: ChannelRecord } | undefined> {
    for (let tries = 0; tries < maxTries; tries++) {
      const [person] = await people.people([userId]);
      if (person === undefined || person.user.status === 'deleting') return undefined;
      const { user } = person;
      if (person.channel) return { user, channel: person.channel };
      const channel: ChannelRecord = {
        userId,
        handle: handleFrom(user.name, newMark()),
        name: user.name,
        description: '',
        since: user.createdAt,
        version: 1,
        formerHandles: [],
      };
      if ((await channels.create(channel, now)) === 'written') return { user, channel };
    }
    throw new Error('no handle could be made for a channel');
  }

  /** Writes what `change` makes of the channel. Of two at once, one is second and looks again, unless a version is asked for. */
  async function edit(
    userId: UserId,
    change: (channel: ChannelRecord) => ChannelRecord | Problem,
    ifMatch: number | undefined,
    now: number,
  ): Promise<{ before: ChannelRecord; after: ChannelRecord } | Problem> {
    for (let tries = 0; tries < maxTries; tries++) {
      const owned = await ensured(userId, now);
      if (owned === undefined) return gone();
      const before = owned.channel;
      if (ifMatch !== undefined && ifMatch !== before.version) {
        return problem('version-conflict', 'The channel has changed meanwhile. Read it again.', {
          version: before.version,
        });
      }
      const next = change(before);
      if (isProblem(next)) return next;
      const write = await channels.replace(before, next, now);
      if (write === 'handle-taken') return taken();
      if (write === 'changed-meanwhile') continue;
      return { before, after: { ...next, version: before.version + 1 } };
    }
    return busy();
  }

  const mine = (channel: ChannelRecord, now: number): MyChannel => ({
    ...shown(channel),
    version: channel.version,
    formerHandles: channel.formerHandles.filter(({ until }) => until > now),
  });

  return {
    edit,
    mine,

    async rename(userId: UserId, name: string): Answer<'updateMe'> {
      return (await people.rename(userId, name)) ? { userId, name } : gone();
    },

    async get(userId: UserId, now: number): Answer<'getMyChannel'> {
      const owned = await ensured(userId, now);
      return owned ? mine(owned.channel, now) : gone();
    },

    async update(
      userId: UserId,
      body: BodyOf<Routes['updateMyChannel']>,
      ifMatch: number | undefined,
      now: number,
    ): Answer<'updateMyChannel'> {
      const edited = await edit(userId, (channel) => changed(channel, body, now), ifMatch, now);
      return isProblem(edited) ? edited : mine(edited.after, now);
    },

    /** Of a suspended person there is no channel to be seen. */
    async find(named: UserId | Handle, now: number): Answer<'getChannel'> {
      const id = UserId.safeParse(named);
      const userId = id.success ? id.data : await people.ownerOf(named, now);
      const found = userId && (await ensured(userId, now));
      return found && found.user.status === 'active' ? shown(found.channel) : notFound();
    },

    async faces(userIds: readonly UserId[]): Answer<'listFaces'> {
      const found = await people.people(userIds);
      return {
        people: found
          .filter(({ user }) => user.status !== 'deleting')
          .map(({ user, channel }) => ({
            userId: user.userId,
            name: channel?.name ?? user.name,
            handle: channel?.handle ?? null,
            picture: channel ? channelPicturePath(channel) : null,
          })),
      };
    },
  };
}

export type ChannelService = ReturnType<typeof channelService>;
