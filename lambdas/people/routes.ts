import * as z from 'zod';
import { anyone, signedIn } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { type Routes, route } from '../../domain/api/route.ts';
import { UserId } from '../../domain/ids.ts';
import { ChannelDescription, ChannelName, maxChannelPictureBytes, PersonName } from '../../domain/people/channel.ts';
import { Handle } from '../../domain/people/handle.ts';
import { adminRoutes } from './admin-routes.ts';

/** A channel as everybody sees it. */
const Channel = z.object({
  userId: UserId,
  handle: z.string(),
  name: z.string(),
  description: z.string(),
  /** A path on the site; null: it has none. */
  picture: z.string().nullable(),
  since: z.int(),
});

/** A person's own, with the version that a change may ask for. */
const MyChannel = Channel.extend({
  version: z.int(),
  /** Handles that it had before: until when each leads to it, and is nobody else's. */
  formerHandles: z.array(z.object({ handle: z.string(), until: z.int() })),
});

/** A person where only their name and face are shown. Who has never had a channel has no handle. */
const Face = Channel.pick({ userId: true, name: true, picture: true }).extend({ handle: z.string().nullable() });

const maxFaces = 50;
const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Ids with commas between them. */
const UserIds = z
  .string()
  .regex(
    new RegExp(`^${guid}(?:,${guid}){0,${maxFaces - 1}}$`),
    `must be 1 to ${maxFaces} ids of people with commas between them`,
  )
  .transform((text) => [...new Set(text.split(','))].map((id) => UserId.parse(id)));

const PersonalCopy = z.object({
  /** `none`: none was asked for in the last days. */
  state: z.enum(['none', 'pending', 'ready', 'failed', 'expired']),
  requestedAt: z.int().nullable(),
  sizeBytes: z.int().nullable(),
  /** Where it can be fetched, for some minutes; null unless it is ready. */
  url: z.url().nullable(),
  /** When it is removed; null unless it is ready. */
  goneAt: z.int().nullable(),
});

/** Base64 of so many bytes. */
const Jpeg = z.base64().max(Math.ceil(maxChannelPictureBytes / 3) * 4);

const usual = { ratePerSecond: 200, burst: 400 };
const seen = { ratePerSecond: 1000, burst: 2000 };

export const routes = {
  updateMe: route({
    method: 'PATCH',
    path: '/me',
    summary: 'Change what you are called',
    access: signedIn,
    throttle: usual,
    limits: writing,
    body: z.strictObject({ name: PersonName }),
    answer: { status: 200, body: z.object({ userId: UserId, name: z.string() }) },
    problems: [],
  }),
  getMyChannel: route({
    method: 'GET',
    path: '/me/channel',
    summary: 'Your channel; made at its first reading',
    access: signedIn,
    throttle: usual,
    limits: reading,
    precondition: 'version',
    answer: { status: 200, body: MyChannel },
    problems: [],
  }),
  updateMyChannel: route({
    method: 'PATCH',
    path: '/me/channel',
    summary: 'Change handle, name or description of your channel; a handle given up leads to it for 30 days',
    access: signedIn,
    throttle: usual,
    limits: writing,
    precondition: 'version',
    body: z.strictObject({
      handle: Handle.optional(),
      name: ChannelName.optional(),
      description: ChannelDescription.optional(),
    }),
    answer: { status: 200, body: MyChannel },
    problems: ['handle-taken', 'handle-changed-often', 'version-conflict'],
  }),
  putMyPicture: route({
    method: 'PUT',
    path: '/me/channel/picture',
    summary: 'Give your channel a picture: a square JPEG of 64 to 1024 pixels',
    access: signedIn,
    throttle: { ratePerSecond: 50, burst: 100 },
    limits: { perUser: { requests: 20, perSeconds: 3600 } },
    body: z.strictObject({ jpeg: Jpeg }),
    answer: { status: 200, body: MyChannel },
    problems: ['picture-invalid'],
  }),
  deleteMyPicture: route({
    method: 'DELETE',
    path: '/me/channel/picture',
    summary: 'Take the picture of your channel away',
    access: signedIn,
    throttle: usual,
    limits: writing,
    answer: { status: 200, body: MyChannel },
    problems: [],
  }),
  getChannel: route({
    method: 'GET',
    path: '/channels/{channel}',
    summary: 'A channel, by its handle, one it had in the last 30 days, or the id of its owner',
    access: anyone,
    throttle: seen,
    limits: reading,
    params: z.object({ channel: z.union([UserId, Handle]) }),
    answer: { status: 200, body: Channel },
    problems: ['channel-not-found'],
  }),
  listFaces: route({
    method: 'GET',
    path: '/channels',
    summary: 'Names and pictures of up to 50 people; those who are not there any more are left out',
    access: anyone,
    throttle: seen,
    limits: reading,
    query: z.object({ ids: UserIds }),
    answer: { status: 200, body: z.object({ people: z.array(Face) }) },
    problems: [],
  }),
  askExport: route({
    method: 'POST',
    path: '/me/export',
    summary: 'Ask for a copy of all that is kept about you; one that is being made or can be fetched is that one',
    access: signedIn,
    throttle: { ratePerSecond: 10, burst: 20 },
    limits: { perUser: { requests: 10, perSeconds: 3600 } },
    body: z.strictObject({}),
    answer: { status: 202, body: PersonalCopy },
    problems: [],
  }),
  getExport: route({
    method: 'GET',
    path: '/me/export',
    summary: 'The copy of your data that you asked for last',
    access: signedIn,
    throttle: usual,
    limits: reading,
    answer: { status: 200, body: PersonalCopy },
    problems: [],
  }),
  ...adminRoutes,
} satisfies Routes;
