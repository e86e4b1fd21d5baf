import { expect, it } from 'vitest';
import { encodeJobs } from '../../../domain/jobs/encode-jobs.ts';
import { jobId } from '../../../domain/jobs/jobs.ts';
import { chunks } from '../../../domain/media/timeline.ts';
import { newVideoId } from '../../../platform/ids.ts';
import { planOfSeconds } from './plan.ts';

it.each([0.5, 12, 13, 100, 4000])(
  'a title of %d seconds is encoded by one job a chunk and one for the poster',
  (seconds) => {
    const run = { videoId: newVideoId(), attempt: 2 };
    const plan = planOfSeconds(run, seconds);
    const messages = encodeJobs(run, plan);
    const indexes = messages.flatMap((message) => (message.kind === 'chunk' ? [message.index] : []));
    expect(indexes).toEqual(chunks(plan).map((chunk) => chunk.index));
    expect(messages.filter((message) => message.kind === 'poster')).toHaveLength(1);
    expect(messages[0]?.kind).toBe('chunk');
    expect(new Set(messages.map(jobId)).size).toBe(messages.length);
  },
);
