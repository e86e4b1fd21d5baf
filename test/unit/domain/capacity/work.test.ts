import { describe, expect, it } from 'vitest';
import { backlogSeconds } from '../../../../domain/capacity/backlog.ts';
import { coefficients } from '../../../../domain/capacity/coefficients.ts';
import { encodeSeconds, jobSeconds, stageSeconds } from '../../../../domain/capacity/work.ts';
import type { VideoId } from '../../../../domain/ids.ts';
import { encodeJobs } from '../../../../domain/jobs/encode-jobs.ts';
import { isForWorkers } from '../../../../domain/jobs/jobs.ts';
import { planOf } from './plan.ts';

const run = { videoId: 'video' as VideoId, attempt: 1 };

describe('the work of an encode', () => {
  // `npm run bench:work`, 2026-11-26: frames, rungs, whether with audio, and processor seconds on idle cores.
  it.each([
    [360, ['360p'], false, 4.13],
    [360, ['480p'], false, 4.91],
    [360, ['720p'], false, 8.37],
    [360, ['1080p'], false, 12.74],
    [120, ['360p', '480p', '720p', '1080p'], true, 8.18],
    [360, ['360p', '480p', '720p', '1080p'], true, 23.22],
    [960, ['360p', '480p', '720p', '1080p'], true, 64.35],
  ] as const)('of %i frames in %j is what was measured, within an eighth', (frames, names, sound, measured) => {
    const title = planOf({ seconds: 60 });
    const rungs = title.rungs.filter((rung) => (names as readonly string[]).includes(rung.name));
    const estimate = encodeSeconds(title, { frames, rungs, audio: sound ? title.audio : [] }) / coefficients.busyCores;
    expect(Math.abs(estimate / measured - 1)).toBeLessThan(1 / 8);
  });

  it('is that of all rungs but those that nobody has watched yet', () => {
    const uhd = planOf({ seconds: 60, lines: 2160 });
    const all = { ...uhd, rungs: uhd.rungs.map((rung) => ({ ...rung, eager: true })) };
    expect(stageSeconds(run, all)).toBeGreaterThan(2 * stageSeconds(run, uhd));
  });

  it('is more where more must be decoded: twice the frames, high dynamic range', () => {
    const usual = stageSeconds(run, planOf({ seconds: 60 }));
    const often = stageSeconds(run, planOf({ seconds: 60, framesPerSecond: 60 }));
    const hdr = stageSeconds(run, planOf({ seconds: 60, transfer: 'pq' }));
    expect(often).toBeGreaterThan(usual * 1.05);
    expect(hdr).toBeCloseTo(usual + 60 * coefficients.toneMapSecondsPerSecond * coefficients.busyCores);
  });

  it('of a stage is that of its jobs, and grows with the title', () => {
    const title = planOf({ seconds: 100 });
    const jobs = encodeJobs(run, title).filter(isForWorkers);
    expect(stageSeconds(run, title)).toBeCloseTo(jobs.reduce((sum, job) => sum + jobSeconds(title, job), 0));
    expect(stageSeconds(run, planOf({ seconds: 7200 })) / stageSeconds(run, title)).toBeGreaterThan(65);
  });

  it('of what somebody waits for is a small part of a chunk', () => {
    const title = planOf({ seconds: 100 });
    const of = (message: Parameters<typeof jobSeconds>[1]) => jobSeconds(title, message);
    const chunk = of({ kind: 'chunk', ...run, index: 0 });
    expect(of({ kind: 'prepare', ...run, taskToken: 't' })).toBeLessThan(chunk / 8);
    expect(of({ kind: 'segment', ...run, rung: '1080p', number: 3 })).toBeLessThan(chunk / 3);
  });
});

describe('the backlog', () => {
  const work = { attempt: 2, cpuSeconds: 400 };

  it('is what is left of every open stage, and the express jobs', () => {
    const open = [{ attempt: 2, encodeWork: work, progress: 0.75 }, { attempt: 2, encodeWork: work }, { attempt: 1 }];
    expect(backlogSeconds(open, 0)).toBeCloseTo(500);
    expect(backlogSeconds(open, 4)).toBeCloseTo(500 + 4 * coefficients.expressJobSeconds);
    expect(backlogSeconds([], 0)).toBe(0);
  });

  it('does not hold the work of an attempt that another has overtaken', () => {
    expect(backlogSeconds([{ attempt: 3, encodeWork: work, progress: 0 }], 0)).toBe(0);
  });
});
