import * as z from 'zod';
import { anyone } from '../../domain/access/policy.ts';
import { reading } from '../../domain/api/limits.ts';
import { type Routes, route } from '../../domain/api/route.ts';
import { VideoId } from '../../domain/ids.ts';
import { VideoCard } from '../../domain/video/card.ts';

/** How many cards may be asked for at once: a page of a list. */
export const maxCards = 50;

const ulid = '[0-7][0-9A-HJKMNP-TV-Z]{25}';

/** Ids with commas between them. */
const VideoIds = z
  .string()
  .regex(
    new RegExp(`^${ulid}(?:,${ulid}){0,${maxCards - 1}}$`),
    `must be 1 to ${maxCards} ULIDs with commas between them`,
  )
  .transform((text) => [...new Set(text.split(','))].map((id) => VideoId.parse(id)));

export const cardRoutes = {
  videoCards: route({
    method: 'GET',
    path: '/videos/cards',
    summary:
      'What a list shows of each of these videos, in their order; those that the caller may not watch are left out',
    access: anyone,
    throttle: { ratePerSecond: 2000, burst: 4000 },
    limits: reading,
    query: z.object({ ids: VideoIds }),
    answer: { status: 200, body: z.object({ cards: z.array(VideoCard) }) },
    problems: [],
  }),
} satisfies Routes;
