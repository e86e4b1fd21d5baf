/** Items of one day, as people call it. */
export interface Day<T> {
  readonly day: string;
  readonly items: readonly T[];
}

const dayMs = 24 * 3600_000;

/** Groups what is in order by the day, in the reader's time zone and language, on which each began. Instants in ms. */
export function byDay<T extends { readonly startedAt: number }>(items: readonly T[], now: number): Day<T>[] {
  const today = new Date(now).toDateString();
  const yesterday = new Date(now - dayMs).toDateString();
  const nameOf = (instant: number): string => {
    const date = new Date(instant);
    if (date.toDateString() === today) return 'Today';
    if (date.toDateString() === yesterday) return 'Yesterday';
    const isThisYear = date.getFullYear() === new Date(now).getFullYear();
    return date.toLocaleDateString(undefined, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(!isThisYear && { year: 'numeric' }),
    });
  };
  return [...Map.groupBy(items, ({ startedAt }) => nameOf(startedAt))].map(([day, of]) => ({ day, items: of }));
}
