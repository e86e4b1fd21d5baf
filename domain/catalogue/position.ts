import * as z from 'zod';

/**
 * Where something stands in a list, as text that sorts like the list: a number, then an id, so that two of one number have an
 * order too. Lists give it out as their cursor.
 */
export const Position = z
  .string()
  .regex(/^\d{15}\.[0-9A-Za-z-]{26,36}$/, 'must be the cursor of an answer')
  .brand('Position');
export type Position = z.infer<typeof Position>;

const digits = (at: number) => String(at).padStart(15, '0');

/** `at`: milliseconds since the epoch, or any other whole number from 0 to 10^15. */
export const positionOf = (at: number, id: string): Position => Position.parse(`${digits(at)}.${id}`);

/** What sorts after every position whose number is `at` or less, and before all others. */
export const endOf = (at: number): string => `${digits(at)}.~`;

/** The number of a position. */
export const numberOf = (position: Position): number => Number(position.slice(0, 15));

/** The id of a position. */
export const idOf = (position: Position): string => position.slice(16);
