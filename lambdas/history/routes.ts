import * as z from 'zod';
import { signedIn } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { Position } from '../../domain/history/position.ts';
import { VideoId } from '../../domain/ids.ts';

/** A video that somebody watched. Times are milliseconds since the epoch. */
export const WatchedVideo = Position.extend({
  durationSeconds: z.number().nullable(),
  /** Where watching goes on, in seconds: 0 once it has been seen to the end. */
  resumeSeconds: z.number(),
});
export type WatchedVideo = z.infer<typeof WatchedVideo>;

const params = z.object({ videoId: VideoId });

export const routes = {
  listHistory: route({
    method: 'GET',
    path: '/history',
    summary: 'What the caller has watched, the last viewing first',
    access: signedIn,
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: reading,
    query: z.object({
      cursor: z
        .string()
        .regex(/^\d{1,15}\.[0-9A-Z]{26}$/, 'must be a cursor of an answer')
        .optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: {
      status: 200,
      body: z.object({
        videos: z.array(WatchedVideo),
        cursor: z.string().nullable(),
        /** Whether the caller has asked that nothing be kept. */
        paused: z.boolean(),
      }),
    },
    problems: [],
  }),
  clearHistory: route({
    method: 'DELETE',
    path: '/history',
    summary: 'Clear the history: nothing of it is shown from now on, and all of it is deleted within minutes',
    access: signedIn,
    throttle: { ratePerSecond: 50, burst: 100 },
    limits: writing,
    answer: { status: 202, body: nothing },
    problems: [],
  }),
  // Before the routes of a video, whose paths it resembles.
  setHistory: route({
    method: 'PUT',
    path: '/history/settings',
    summary: 'Pause the history: while it is paused, nothing that is watched is kept',
    access: signedIn,
    throttle: { ratePerSecond: 50, burst: 100 },
    limits: writing,
    body: z.strictObject({ paused: z.boolean() }),
    answer: { status: 200, body: z.object({ paused: z.boolean() }) },
    problems: [],
  }),
  getPosition: route({
    method: 'GET',
    path: '/history/{videoId}',
    summary: 'How far the caller is in a video, if they have watched it',
    access: signedIn,
    throttle: { ratePerSecond: 1000, burst: 2000 },
    limits: reading,
    params,
    answer: { status: 200, body: z.object({ watched: WatchedVideo.nullable(), paused: z.boolean() }) },
    problems: [],
  }),
  savePosition: route({
    method: 'PUT',
    path: '/history/{videoId}',
    summary: 'Keep how far the caller is in a video: the latest position counts, in whatever order they come',
    access: signedIn,
    // 28,000 streams that send one every 30 s are 933 a second (docs/decisions/0031), and after a year of 10 % a month 2,929.
    throttle: { ratePerSecond: 4000, burst: 8000 },
    limits: reading,
    params,
    body: z.strictObject(Position.omit({ videoId: true }).shape),
    answer: { status: 204, body: nothing },
    problems: [],
  }),
  removeFromHistory: route({
    method: 'DELETE',
    path: '/history/{videoId}',
    summary: 'Forget that the caller watched a video',
    access: signedIn,
    throttle: { ratePerSecond: 100, burst: 200 },
    limits: writing,
    params,
    answer: { status: 204, body: nothing },
    problems: [],
  }),
} satisfies Routes;
