import * as z from 'zod';
import { signedIn } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { VideoId } from '../../domain/ids.ts';
import { ItemsPage, ItemsQuery } from './items-page.ts';

const params = z.object({ videoId: VideoId });
const throttle = { ratePerSecond: 500, burst: 1000 } as const;

/** The list that everybody has, and only they see. */
export const watchLaterRoutes = {
  listWatchLater: route({
    method: 'GET',
    path: '/me/watch-later',
    summary: 'What the caller wants to watch later, in the order in which it was put there',
    access: signedIn,
    throttle,
    limits: reading,
    query: ItemsQuery,
    answer: { status: 200, body: ItemsPage.extend({ count: z.int() }) },
    problems: [],
  }),
  isInWatchLater: route({
    method: 'GET',
    path: '/me/watch-later/{videoId}',
    summary: 'Whether the caller wants to watch a video later',
    access: signedIn,
    throttle,
    limits: reading,
    params,
    answer: { status: 200, body: z.object({ contains: z.boolean() }) },
    problems: [],
  }),
  addToWatchLater: route({
    method: 'PUT',
    path: '/me/watch-later/{videoId}',
    summary: 'Watch a video later; one that is there already stays where it is',
    access: signedIn,
    throttle,
    limits: writing,
    params,
    answer: { status: 204, body: nothing },
    problems: ['playlist-full'],
  }),
  removeFromWatchLater: route({
    method: 'DELETE',
    path: '/me/watch-later/{videoId}',
    summary: 'Do not watch a video later; repeating it changes nothing',
    access: signedIn,
    throttle,
    limits: writing,
    params,
    answer: { status: 204, body: nothing },
    problems: [],
  }),
} satisfies Routes;
