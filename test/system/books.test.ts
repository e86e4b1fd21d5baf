import { describe } from 'vitest';
import { newVideoId } from '../../platform/ids.ts';
import { jobs } from '../commands/books.ts';
import { booksOfJobs } from '../unit/jobs/contract.ts';

describe('the books of jobs, in the table', () => {
  booksOfJobs(async () => ({ jobs: jobs(), videoId: newVideoId() }));
});
