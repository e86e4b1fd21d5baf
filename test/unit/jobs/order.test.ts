import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ordered, outstanding, successor } from '../../../domain/jobs/order.ts';

const ids = (count: number) => Array.from({ length: count }, (_, i) => `job-${i}`);

/** Any number of jobs, any width, and numbers that choose which outstanding job is finished next. */
const work = fc.record({
  count: fc.integer({ min: 1, max: 60 }),
  width: fc.integer({ min: 1, max: 12 }),
  picks: fc.infiniteStream(fc.nat()),
});

describe('the order of work', () => {
  it('every job is sent exactly once in any order of finishing, never more than the width at a time', () => {
    fc.assert(
      fc.property(work, ({ count, width, picks }) => {
        const jobs = ids(count);
        const waiting = jobs.slice(0, width);
        const sent = [...waiting];
        for (const pick of picks) {
          const [done] = waiting.splice(pick % waiting.length, 1);
          const next = successor(jobs, jobs.indexOf(done ?? ''), width);
          if (next) {
            waiting.push(next);
            sent.push(next);
          }
          expect(waiting.length).toBeLessThanOrEqual(width);
          if (waiting.length === 0) break;
        }
        expect(sent.toSorted()).toEqual(jobs.toSorted());
      }),
    );
  });

  it('sending what is outstanding makes good for any messages that were lost', () => {
    fc.assert(
      fc.property(work, fc.infiniteStream(fc.boolean()), ({ count, width, picks }, losses) => {
        const names = ids(count);
        const jobs = names.map((jobId, i) => {
          const next = successor(names, i, width);
          return { jobId, state: 'queued' as Ordered['state'], ...(next && { successor: next }) };
        });
        let waiting: typeof jobs = [];
        for (const pick of picks) {
          const unfinished = jobs.filter((job) => job.state !== 'done');
          if (unfinished.length === 0) break;
          if (waiting.length === 0) waiting = outstanding(jobs);
          expect(waiting.length).toBeGreaterThan(0);
          const [job] = waiting.splice(pick % waiting.length, 1);
          if (job === undefined || losses.next().value) continue;
          job.state = 'done';
          const next = jobs.find(({ jobId }) => jobId === job.successor);
          if (next && next.state !== 'done' && !losses.next().value) waiting.push(next);
        }
        expect(jobs.every((job) => job.state === 'done')).toBe(true);
      }),
    );
  });

  it('at first the outstanding jobs are the first ones, later as many as the width at most', () => {
    const names = ids(10);
    const jobs = names.map((jobId, i) => ({
      jobId,
      state: 'queued' as Ordered['state'],
      successor: successor(names, i, 4),
    }));
    const outstandingIds = () => outstanding(jobs).map((job) => job.jobId);
    expect(outstandingIds()).toEqual(['job-0', 'job-1', 'job-2', 'job-3']);
    for (const i of [0, 4, 2])
      jobs.splice(i, 1, { jobId: `job-${i}`, state: 'done', successor: successor(names, i, 4) });
    expect(outstandingIds()).toEqual(['job-1', 'job-3', 'job-6', 'job-8']);
  });
});
