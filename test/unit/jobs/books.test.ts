import { describe } from 'vitest';
import { newVideoId } from '../../../platform/ids.ts';
import { booksOfJobs } from './contract.ts';
import { inMemoryJobs } from './in-memory.ts';

describe('the books of jobs, in memory', () => {
  booksOfJobs(async () => ({ jobs: inMemoryJobs(), videoId: newVideoId() }));
});
