import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetDone } from '../done.ts';
import { type Instance, placesOf } from '../instance.ts';

/** What a start finds of an instance's cloud. `rolledBack`: it was killed, and is as it was at its last orderly end. */
export type Found = 'nothing' | 'kept' | 'rolledBack' | 'lost';

/** Puts the cloud's folders in order before it starts. */
export function prepareState(instance: Instance): Found {
  const { cloud, temporary } = placesOf(instance);
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  // MiniStack writes CommonJS there, which our own package.json would make modules of.
  writeFileSync(join(temporary, 'package.json'), '{}');
  if (!existsSync(cloud)) {
    forgetDone(instance);
    return 'nothing';
  }
  if (existsSync(join(cloud, 'ended-in-order'))) return 'kept';
  // What was done since the last orderly end is not in the state: it is to be done again.
  forgetDone(instance);
  const state = join(cloud, 'state');
  if (existsSync(state) && readdirSync(state).length > 0) return 'rolledBack';
  rmSync(cloud, { recursive: true, force: true });
  return 'lost';
}

/** In words, for the screen. */
export const sentences: Readonly<Record<Found, string | undefined>> = {
  nothing: undefined,
  kept: 'with what was there',
  rolledBack: 'it was killed last time: what came since its last orderly stop is lost',
  lost: 'it was killed before it had saved anything: starting anew',
};

/** Forgets an instance: videos, accounts, everything. It must not be running. */
export const removeState = (instance: Instance) => rmSync(placesOf(instance).state, { recursive: true, force: true });

/** Clears away what an instance has made, but for its logs. It must not be running. */
export function removeAllButLogs(instance: Instance): void {
  const { logs: _, ...places } = placesOf(instance);
  for (const place of Object.values(places)) {
    if (place !== places.state) rmSync(place, { recursive: true, force: true });
  }
}
