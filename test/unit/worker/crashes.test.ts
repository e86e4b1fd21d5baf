import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastOutstanding, maxTries } from '../../../domain/jobs/jobs.ts';
import { result, scene } from './scene.ts';

class Killed extends Error {}

/**
 * A worker that is killed at its step number `at`, before or after a call, in the work or behind it: from then on nothing
 * that it does has an effect.
 */
function mortal(at: number) {
  let steps = 0;
  return () => {
    if (++steps >= at) throw new Killed();
  };
}

it('wherever workers are killed, all jobs are done, each counts once and the stage is released', async () => {
  const counts = fc.constantFrom(1, 2, 4, leastOutstanding + 2);
  const deaths = fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: maxTries - 1 });
  await fc.assert(
    fc.asyncProperty(counts, deaths, async (count, lives) => {
      const s = scene();
      await s.encodes(count, leastOutstanding);
      const worked = new Set<string>();
      for (let i = 0; ; i++) {
        const life = lives[i];
        const step = life === undefined ? () => undefined : mortal(life);
        try {
          const work = async (_: unknown, { scratch }: { scratch: string }) => {
            worked.add(scratch);
            return result;
          };
          if (!(await s.next(work, { id: `worker ${i}`, step }))) break;
        } catch (error) {
          expect(error).toBeInstanceOf(Killed);
        }
      }
      expect(await s.jobs.getStage(s.run, 'encode')).toMatchObject({ remaining: 0 });
      expect(s.released.at(-1)).toEqual({ stage: 'encode', token: 'encode token', release: { success: {} } });
      expect(s.released.every(({ release }) => release && 'success' in release)).toBe(true);
      expect(s.queue).toEqual([]);
      expect(worked.size).toBeLessThanOrEqual(count + lives.length);
    }),
    { numRuns: 40 },
  );
});
