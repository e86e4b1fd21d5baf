import * as z from 'zod';
import { UserId } from '../../domain/ids.ts';
import { channelPicturePath } from '../../domain/people/channel.ts';
import { ChannelRecord, channelKey } from '../../platform/records/channels.ts';
import { userKey } from '../../platform/records/users.ts';
import type { People, Shown } from './people-store.ts';
import type { RecordChange } from './records-view.ts';

const Profile = z.object({ sk: z.literal(userKey('').sk), userId: UserId, name: z.string() });
const Channel = ChannelRecord.pick({ userId: true, name: true, handle: true, picture: true }).extend({
  sk: z.literal(channelKey('').sk),
});

/** What an item of the user table shows of a person: as profile what they are called, as channel how it appears. */
function shownBy(item: unknown): (Shown & { readonly userId: UserId }) | undefined {
  const profile = Profile.safeParse(item).data;
  if (profile) return { userId: profile.userId, personName: profile.name };
  const channel = Channel.safeParse(item).data;
  if (channel === undefined) return undefined;
  const { userId, name, handle } = channel;
  return { userId, channelName: name, handle, picture: channelPicturePath(channel) };
}

/** Keeps what others see of people as their records are. What is told twice changes nothing; the record goes last. */
export function peopleView(people: Pick<People, 'put' | 'remove'>) {
  /** Writes what an item shows now; whether it is one that shows something. */
  async function take(item: unknown): Promise<boolean> {
    const shown = shownBy(item);
    if (shown === undefined) return false;
    const { userId, ...fields } = shown;
    await people.put(userId, fields);
    return true;
  }

  return {
    take,

    async follow({ before, after }: RecordChange): Promise<void> {
      const [was, is] = [shownBy(before), shownBy(after)];
      if (is && JSON.stringify(is) !== JSON.stringify(was)) await take(after);
      // A channel goes with its person, just before them.
      if (was && !is && 'personName' in was) await people.remove(was.userId);
    },
  };
}
