import { expect, it } from 'vitest';
import { chunkThreads } from '../../../worker/media/encoder-threads.ts';

it('gives chunks that are encoded side by side the cores between them, and a single one all of them', () => {
  expect(chunkThreads({ chunksOfTitle: 10, bulkSlots: 2 }, 2)).toBe(1);
  expect(chunkThreads({ chunksOfTitle: 10, bulkSlots: 2 }, 4)).toBe(2);
  expect(chunkThreads({ chunksOfTitle: 10, bulkSlots: 4 }, 2)).toBe(1);
  expect(chunkThreads({ chunksOfTitle: 1, bulkSlots: 2 }, 4)).toBe(4);
});
