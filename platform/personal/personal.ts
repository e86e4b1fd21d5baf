import type { UserId } from '../../domain/ids.ts';

/** What a store keeps about a person, as JSON can tell it; no secrets, which are ours and not about them. */
export type PersonalItem = Readonly<Record<string, unknown>>;

/**
 * A store that keeps things about people. Every table and bucket that does has one, in registry.ts: it is what an export
 * gives to the person (GDPR, Article 15 and 20) and what a deletion removes (Article 17).
 */
export interface PersonalStore {
  /** Everything that the store keeps about the person. What it finds is exactly what `erase` has to remove. */
  readonly collect: (userId: UserId) => AsyncIterable<PersonalItem>;
  /**
   * Removes it, or has whoever owns it do so. It is called again until `collect` finds nothing more, so it may be repeated,
   * may be interrupted, and need not wait for what others do.
   */
  readonly erase: (userId: UserId, now: number) => Promise<void>;
}

/** Whether the store keeps anything about the person. */
export async function keepsAnything(store: PersonalStore, userId: UserId): Promise<boolean> {
  for await (const _ of store.collect(userId)) return true;
  return false;
}
