export interface Neighbours<Id> {
  /** -1: it is not among them. */
  readonly index: number;
  readonly previous: Id | undefined;
  readonly next: Id | undefined;
}

/** What is before and after an item; of one that is not among them, nothing. */
export function neighbours<Id>(order: readonly Id[], current: Id): Neighbours<Id> {
  const index = order.indexOf(current);
  if (index === -1) return { index, previous: undefined, next: undefined };
  return { index, previous: index > 0 ? order[index - 1] : undefined, next: order[index + 1] };
}
