interface Placed {
  readonly position: string;
}

/** A page of what several lists have, each of them sorted with the highest position first. */
export interface Merged<T> {
  readonly items: readonly T[];
  /** Where the next page begins: below this position. Null: there is no more. */
  readonly cursor: string | null;
}

/**
 * The first `limit` of several lists together, highest position first. Each list must hold its first `limit` below the
 * cursor, or all that it has; then none is passed over, and the next page begins below the last one taken.
 */
export function mergeNewest<T extends Placed>(lists: readonly (readonly T[])[], limit: number): Merged<T> {
  const all = lists.flat().sort((a, b) => (a.position < b.position ? 1 : a.position > b.position ? -1 : 0));
  const items = all.slice(0, limit);
  // A full list may go on beyond what was read of it.
  const mayGoOn = all.length > limit || lists.some((list) => list.length >= limit);
  return { items, cursor: mayGoOn ? (items.at(-1)?.position ?? null) : null };
}
