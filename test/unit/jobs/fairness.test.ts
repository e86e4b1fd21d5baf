import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { successor } from '../../../domain/jobs/order.ts';

/** A creator's title, as the queues see it: so many jobs, and when it comes (in jobs that have been started by then). */
interface Title {
  readonly owner: string;
  readonly jobs: number;
  readonly comesAfter: number;
}

/**
 * A queue with workers at it, one step for each job that is started. `fair`: as SQS does for message groups, the next message is of
 * the group of which the fewest are in hand; else the oldest message is next. Answers, for each title, how many jobs of others were
 * started between its coming and the start of its last job.
 */
function waits(titles: readonly Title[], { width, slots, isFair }: { width: number; slots: number; isFair: boolean }) {
  const all = titles.map((title, t) => Array.from({ length: title.jobs }, (_, index) => ({ t, index, ...title })));
  type Job = (typeof all)[number][number];
  let queue: Job[] = [];
  let inHand: Job[] = [];
  const cameAt: number[] = [];
  const lastAt: number[] = [];
  let mostOutstanding = 0;
  const come = (started: number) =>
    titles.forEach((title, t) => {
      if (cameAt[t] !== undefined || title.comesAfter > started) return;
      cameAt[t] = started;
      queue.push(...(all[t] ?? []).slice(0, width));
    });
  for (let started = 0; ; started++) {
    come(started);
    if (inHand.length === slots || (queue.length === 0 && inHand.length > 0)) {
      const [done] = inHand.splice(0, 1);
      const next = done && successor(all[done.t] ?? [], done.index, width);
      if (next) queue.push(next);
    }
    if (queue.length === 0 && inHand.length === 0) break;
    for (const [t] of titles.entries()) {
      const outstanding = [...queue, ...inHand].filter((job) => job.t === t).length;
      mostOutstanding = Math.max(mostOutstanding, outstanding);
    }
    const busy = (owner: string) => inHand.filter((job) => job.owner === owner).length;
    const [taken] = isFair ? queue.toSorted((a, b) => busy(a.owner) - busy(b.owner)) : queue;
    if (taken === undefined) continue;
    queue = queue.filter((job) => job !== taken);
    inHand = [...inHand, taken];
    lastAt[taken.t] = started;
  }
  return {
    waits: titles.map((title, t) => (lastAt[t] ?? 0) - (cameAt[t] ?? 0) + 1 - title.jobs),
    mostOutstanding,
  };
}

const world = fc.record({
  width: fc.integer({ min: 2, max: 12 }),
  slots: fc.integer({ min: 1, max: 8 }),
  longs: fc.integer({ min: 1, max: 4 }),
  owners: fc.constantFrom('one', 'many'),
  comesAfter: fc.integer({ min: 0, max: 200 }),
  small: fc.integer({ min: 1, max: 2 }),
});
const long = (owner: string): Title => ({ owner, jobs: 400, comesAfter: 0 });
const titlesOf = ({
  longs,
  owners,
  comesAfter,
  small,
}: {
  longs: number;
  owners: string;
  comesAfter: number;
  small: number;
}) => [
  ...Array.from({ length: longs }, (_, i) => long(owners === 'one' ? 'a' : `a${i}`)),
  { owner: 'b', jobs: small, comesAfter },
];

describe('a small title behind long ones', () => {
  it('waits for no more jobs than the long ones may have outstanding, however long they are, in any queue', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (w, isFair) => {
        const { waits: waited, mostOutstanding } = waits(titlesOf(w), { ...w, isFair });
        expect(mostOutstanding).toBeLessThanOrEqual(w.width);
        expect(waited.at(-1)).toBeLessThanOrEqual(w.longs * w.width + w.slots);
      }),
    );
  });

  it('behind those of one creator is next or the one after, where queues are fair between creators', () => {
    fc.assert(
      fc.property(world, ({ slots, ...w }) => {
        // A queue sees whose messages are in hand; of one slot there is nothing to see.
        const how = { ...w, slots: slots + 1, isFair: true };
        const { waits: waited } = waits(titlesOf({ ...w, owners: 'one', small: 1 }), how);
        expect(waited.at(-1)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('would wait for all of their jobs if all were sent at once: the bound is the width, not luck', () => {
    const titles = titlesOf({ longs: 1, owners: 'one', comesAfter: 3, small: 1 });
    expect(waits(titles, { width: 400, slots: 2, isFair: false }).waits.at(-1)).toBeGreaterThan(350);
    expect(waits(titles, { width: 4, slots: 2, isFair: false }).waits.at(-1)).toBeLessThanOrEqual(6);
  });
});
