import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import { mayWatch } from '../../domain/video/visibility.ts';
import type { Marks } from '../../platform/records/community/marks.ts';
import type { Counters } from '../../platform/records/counters.ts';
import type { Videos } from '../../platform/records/videos.ts';
import { type People, unknownPerson } from './people-store.ts';

export interface StandingStores {
  readonly videos: Pick<Videos, 'get'>;
  readonly marks: Pick<Marks, 'set' | 'clear' | 'has'>;
  readonly counters: Pick<Counters, 'read'>;
  readonly people: Pick<People, 'cards'>;
}

const noVideo = () => problem('video-not-found', 'There is no such video, or you may not watch it.');

/** Likes and subscriptions: what people are for, and how many of them. */
export function standingService({ videos, marks, counters, people }: StandingStores) {
  const channelCounts = async (userId: UserId, caller: Caller | undefined) => {
    const [subscribers, subscribed] = await Promise.all([
      counters.read({ name: 'subscribers', of: userId }),
      caller ? marks.has({ kind: 'channel', id: userId }, caller.userId) : false,
    ]);
    return { subscribers, subscribed };
  };

  return {
    channelCounts,

    async ofVideo(videoId: VideoId, caller: Caller | undefined, now: number) {
      const video = await videos.get(videoId);
      if (!video || !mayWatch(video, caller, now)) return noVideo();
      const { ownerId } = video;
      const [likes, comments, liked, counts, cards] = await Promise.all([
        counters.read({ name: 'likes', of: videoId }),
        counters.read({ name: 'comments', of: videoId }),
        caller ? marks.has({ kind: 'video', id: videoId }, caller.userId) : false,
        channelCounts(ownerId, caller),
        people.cards([ownerId]),
      ]);
      return { likes, comments, liked, channel: cards.get(ownerId) ?? unknownPerson(ownerId), ...counts };
    },

    async like(videoId: VideoId, caller: Caller, now: number): Promise<undefined | Problem> {
      const video = await videos.get(videoId);
      if (!video || !mayWatch(video, caller, now)) return noVideo();
      await marks.set({ kind: 'video', id: videoId }, caller.userId, now);
      return undefined;
    },

    /** Also of a video that may no longer be watched. */
    async unlike(videoId: VideoId, caller: Caller): Promise<undefined> {
      await marks.clear({ kind: 'video', id: videoId }, caller.userId);
    },

    async subscribe(userId: UserId, caller: Caller, now: number): Promise<undefined | Problem> {
      if (userId === caller.userId) return problem('own-channel', 'Nobody subscribes to their own channel.');
      const cards = await people.cards([userId]);
      if (!cards.has(userId)) return problem('channel-not-found', 'There is no such channel.');
      await marks.set({ kind: 'channel', id: userId }, caller.userId, now);
      return undefined;
    },

    async unsubscribe(userId: UserId, caller: Caller): Promise<undefined> {
      await marks.clear({ kind: 'channel', id: userId }, caller.userId);
    },
  };
}
