import { describe, expect, it } from 'vitest';
import { jobLines } from '../../../cli/videos/jobs.ts';
import type { VideoId } from '../../../domain/ids.ts';

const videoId = '01ARZ3NDEKTSV4RRFFQ69G5FAV' as VideoId;
const now = Date.UTC(2026, 10, 26, 12);
const uploadedAt = now - 7 * 60_000;
const video = {
  videoId,
  title: 'A film',
  state: 'processing',
  progress: 0,
  uploadedAt,
  playableAt: null,
  reason: null,
} as const;
const job = {
  jobId: 'chunk-00003',
  kind: 'chunk',
  state: 'running',
  tries: 2,
  workerId: 'worker-7',
  lastError: { code: 'encode-failed', detail: 'disk full\nand more' },
  missing: [] as never[],
  log: 'https://logs.example/1',
  cpuSeconds: null,
  wallSeconds: null,
} as const;

describe('what a video waits for', () => {
  it('is said even when nobody has taken a job of it', () => {
    expect(jobLines(video, { attempt: 1, jobs: [] }, now)).toEqual([
      'A film: processing',
      'uploaded 7 min ago',
      `attempt 1, executions ${videoId}-1…`,
      '',
      'No worker has taken a job of it yet.',
    ]);
  });

  it('names of a running job the worker that has it, and of one that failed before the error and its log', () => {
    const open = {
      ...video,
      state: 'playable',
      progress: 0.25,
      uploadedAt: now - 3 * 3_600_000,
      playableAt: now - 1000,
    } as const;
    const lines = jobLines(open, { attempt: 2, jobs: [job] }, now);
    expect(lines.slice(0, 3)).toEqual([
      'A film: playable, 25 % encoded',
      'uploaded 3 h ago',
      'playable for the first time less than a minute ago',
    ]);
    expect(lines.at(-1)).toBe(
      'chunk-00003               running  2 tries  by worker-7  encode-failed: disk full  https://logs.example/1',
    );
  });

  it('is nothing of a video that has failed: then its reason is told', () => {
    const reason = { code: 'encode-failed', sentence: 'It could not be encoded.' } as const;
    const lines = jobLines({ ...video, state: 'failed', reason }, { attempt: 1, jobs: [] }, now);
    expect(lines.slice(0, 3)).toEqual([
      'A film: failed',
      'uploaded 7 min ago',
      'encode-failed: It could not be encoded.',
    ]);
    expect(lines.join('\n')).not.toContain('No worker');
  });
});
