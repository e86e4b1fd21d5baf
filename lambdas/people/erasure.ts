import type { UserId } from '../../domain/ids.ts';
import { keepsAnything, type PersonalStore } from '../../platform/personal/personal.ts';
import type { PersonalStores } from '../../platform/personal/registry.ts';

/**
 * What the person had asked for just before they left may still be written: API Gateway ends a request after 29 s. The record
 * goes only then, so that nothing is written for somebody of whom nobody knows any more that they have left.
 */
export const settlingMs = 30_000;

export interface ErasureDeps {
  readonly stores: PersonalStores;
  /** Removes their sign-in; of somebody who has none it does nothing. */
  readonly removeSignIn: (userId: UserId) => Promise<void>;
}

/** Somebody who is leaving, and since when (ms). */
export interface Leaver {
  readonly userId: UserId;
  readonly deletingSince: number;
}

/** What an erasure came to: nothing is left of the person; or it goes on, because these stores still keep something. */
export type Erasure =
  | { readonly outcome: 'erased' }
  | { readonly outcome: 'goes-on'; readonly left: readonly string[] };

/**
 * Removes what is kept about a person, then looks whether it is gone. To be called again until it is: each call does what
 * earlier ones have not, whatever happened to them. The sign-in and the record go last, in this order.
 */
export async function erasePerson(
  { stores, removeSignIn }: ErasureDeps,
  { userId, deletingSince }: Leaver,
  now: number,
): Promise<Erasure> {
  const { account, ...others } = stores;
  const left: string[] = [];
  // One after another: what the end of one still writes into a later one is found there.
  for (const [name, store] of Object.entries<PersonalStore>(others)) {
    await store.erase(userId, now);
    if (await keepsAnything(store, userId)) left.push(name);
  }
  if (now < deletingSince + settlingMs) left.push('account');
  if (left.length > 0) return { outcome: 'goes-on', left: left.toSorted() };
  await removeSignIn(userId);
  await account.erase(userId, now);
  return { outcome: 'erased' };
}
