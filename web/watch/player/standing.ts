/**
 * So far ahead a player asks. While the title is being encoded not far: those segments cost an encoder its order. Whoever looks
 * around there gets what it takes to begin: the segment of the place alone, unless it is about to end.
 */
export const bufferingGoalSeconds = { lookingAround: 0.5, encoding: 10, ready: 30 } as const;

/** Chunks end nearly in order: what is so far behind the share that is encoded is there. One chunk of most titles, in seconds. */
const looseSeconds = 12;
/** With less than this before the encode a player asks for what is not there. */
const leastLeadSeconds = bufferingGoalSeconds.encoding + looseSeconds;
/** So far behind it, a player does not come upon it again with the next chunk. */
const enoughLeadSeconds = 2 * leastLeadSeconds;

/** How a place stands to the encode of its title, which goes from the beginning on; `near` is neither. */
export type Standing = 'encoded' | 'near' | 'ahead';

/** `encoded` is the share of the title, of `durationSeconds`, that is done. A length that is not known yet is NaN. */
export function standing(atSeconds: number, encoded: number, durationSeconds: number): Standing {
  if (encoded >= 1) return 'encoded';
  const lead = encoded * durationSeconds - atSeconds;
  if (lead >= enoughLeadSeconds) return 'encoded';
  return lead >= leastLeadSeconds ? 'near' : 'ahead';
}
