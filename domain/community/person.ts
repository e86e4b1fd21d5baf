import * as z from 'zod';
import { UserId } from '../ids.ts';

/** What others see of a person beside what they made. */
export const PersonCard = z.object({
  userId: UserId,
  name: z.string(),
  /** Of their channel's address; null until they have one. */
  handle: z.string().nullable(),
  /** Path of their picture on the site. */
  picture: z.string().nullable(),
});
export type PersonCard = z.infer<typeof PersonCard>;
