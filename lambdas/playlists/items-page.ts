import * as z from 'zod';
import { VideoId } from '../../domain/ids.ts';

/** A page of a list: ids in their order. Cards of the videos are asked for by these. */
export const ItemsPage = z.object({
  items: z.array(z.object({ videoId: VideoId, addedAt: z.int() })),
  cursor: z.string().nullable(),
});
export type ItemsPage = z.infer<typeof ItemsPage>;

export const ItemsQuery = z.object({
  /** A rank, and the item that has it. */
  cursor: z
    .string()
    .max(1000)
    .regex(/^[0-9A-Za-z]+\.[0-9A-Z]{26}$/, 'must be a cursor of an answer')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
