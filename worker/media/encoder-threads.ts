import { availableParallelism } from 'node:os';

/** Somebody waits, and nothing else of its kind is at work. */
export const expressThreads = (): number => availableParallelism();

/**
 * Threads of each encoder of a chunk. Chunks that are encoded side by side share the cores: measured on two cores, two chunks
 * at a time with one thread an encoder cost 5 % less CPU than with two. A title of a single chunk has nothing beside it.
 */
export const chunkThreads = (
  { chunksOfTitle, bulkSlots }: { chunksOfTitle: number; bulkSlots: number },
  cores: number = availableParallelism(),
): number => (chunksOfTitle === 1 ? cores : Math.ceil(cores / bulkSlots));
