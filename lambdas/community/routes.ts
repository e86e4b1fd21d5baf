import * as z from 'zod';
import { anyone, signedIn } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { Position } from '../../domain/catalogue/position.ts';
import { PersonCard } from '../../domain/community/person.ts';
import { UserId, VideoId } from '../../domain/ids.ts';
import { VideoCard } from '../../domain/video/card.ts';
import { Category } from '../../domain/video/metadata.ts';
import { commentRoutes } from './comment-routes.ts';

export type { CommentView } from './comment-routes.ts';

/** A video in a list of the catalogue, and whose it is. */
export const FeedVideo = VideoCard.extend({ channel: PersonCard });
export type FeedVideo = z.infer<typeof FeedVideo>;

const Videos = z.object({ videos: z.array(FeedVideo), cursor: z.string().nullable() });
const page = { cursor: Position.optional(), limit: z.coerce.number().int().min(1).max(50).default(24) };
const ofVideo = z.object({ videoId: VideoId });
const ofChannel = z.object({ userId: UserId });
const often = { ratePerSecond: 2000, burst: 4000 };
const seldom = { ratePerSecond: 500, burst: 1000 };

export const routes = {
  feed: route({
    method: 'GET',
    path: '/feed',
    summary: 'Public videos: the newest first, or what people make most of now',
    access: anyone,
    throttle: often,
    limits: reading,
    query: z.object({ kind: z.enum(['recent', 'trending']).default('recent'), category: Category.optional(), ...page }),
    answer: { status: 200, body: Videos },
    problems: [],
  }),
  subscriptionFeed: route({
    method: 'GET',
    path: '/me/feed',
    summary: 'Public videos of the channels that the caller subscribes to, the newest first',
    access: signedIn,
    throttle: seldom,
    limits: { perUser: { requests: 60, perSeconds: 60 } },
    query: z.object(page),
    answer: { status: 200, body: Videos },
    problems: [],
  }),
  channelVideos: route({
    method: 'GET',
    path: '/channels/{userId}/videos',
    summary: 'Public videos of a channel, the newest first',
    access: anyone,
    throttle: often,
    limits: reading,
    params: ofChannel,
    query: z.object(page),
    answer: { status: 200, body: Videos },
    problems: [],
  }),
  channelCounts: route({
    method: 'GET',
    path: '/channels/{userId}/counts',
    summary: 'How many subscribe to a channel, and whether the caller does',
    access: anyone,
    throttle: often,
    limits: reading,
    params: ofChannel,
    answer: { status: 200, body: z.object({ subscribers: z.int(), subscribed: z.boolean() }) },
    problems: [],
  }),
  subscribe: route({
    method: 'PUT',
    path: '/channels/{userId}/subscription',
    summary: 'Subscribe to a channel; again changes nothing',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    params: ofChannel,
    answer: { status: 204, body: nothing },
    problems: ['channel-not-found', 'own-channel'],
  }),
  unsubscribe: route({
    method: 'DELETE',
    path: '/channels/{userId}/subscription',
    summary: 'End a subscription to a channel',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    params: ofChannel,
    answer: { status: 204, body: nothing },
    problems: [],
  }),
  listSubscriptions: route({
    method: 'GET',
    path: '/me/subscriptions',
    summary: 'The channels that the caller subscribes to, the newest first',
    access: signedIn,
    throttle: seldom,
    limits: reading,
    query: z.object(page),
    answer: {
      status: 200,
      body: z.object({ channels: z.array(PersonCard.extend({ since: z.int() })), cursor: z.string().nullable() }),
    },
    problems: [],
  }),
  videoStanding: route({
    method: 'GET',
    path: '/videos/{videoId}/standing',
    summary: 'What people made of a video, whose it is, and what the caller has made of both',
    access: anyone,
    throttle: often,
    limits: reading,
    params: ofVideo,
    answer: {
      status: 200,
      body: z.object({
        likes: z.int(),
        comments: z.int(),
        liked: z.boolean(),
        channel: PersonCard,
        subscribers: z.int(),
        subscribed: z.boolean(),
      }),
    },
    problems: ['video-not-found'],
  }),
  likeVideo: route({
    method: 'PUT',
    path: '/videos/{videoId}/like',
    summary: 'Like a video; again changes nothing',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    params: ofVideo,
    answer: { status: 204, body: nothing },
    problems: ['video-not-found'],
  }),
  unlikeVideo: route({
    method: 'DELETE',
    path: '/videos/{videoId}/like',
    summary: 'Take back a like of a video',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    params: ofVideo,
    answer: { status: 204, body: nothing },
    problems: [],
  }),
  listLikedVideos: route({
    method: 'GET',
    path: '/me/likes',
    summary: 'The videos that the caller likes and may watch, the latest like first',
    access: signedIn,
    throttle: seldom,
    limits: reading,
    query: z.object(page),
    answer: { status: 200, body: Videos },
    problems: [],
  }),
  ...commentRoutes,
} satisfies Routes;
