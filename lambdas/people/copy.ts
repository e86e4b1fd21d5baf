import type { UserId } from '../../domain/ids.ts';
import type { PersonalItem, PersonalStore } from '../../platform/personal/personal.ts';
import type { PersonalStores } from '../../platform/personal/registry.ts';

/** A copy of all that is kept about a person: what each store keeps, by its name. */
export interface PersonalCopy {
  /** ISO 8601. */
  readonly madeAt: string;
  readonly userId: UserId;
  readonly stores: Readonly<Record<string, readonly PersonalItem[]>>;
}

export async function copyOf(stores: PersonalStores, userId: UserId, now: number): Promise<PersonalCopy> {
  const collected = await Promise.all(
    Object.entries(stores).map(async ([name, store]: [string, PersonalStore]) => {
      const items: PersonalItem[] = [];
      for await (const item of store.collect(userId)) items.push(item);
      return [name, items] as const;
    }),
  );
  return { madeAt: new Date(now).toISOString(), userId, stores: Object.fromEntries(collected) };
}
