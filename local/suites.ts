/**
 * Projects of vitest.config.ts that need nothing but the processor, in their order. `engine` gives files to the worker's own
 * programs, and takes the most of it.
 */
export const computing = ['unit', 'stacks', 'engine'] as const;

/** Those that share one deployed local cloud, in their order: faults are last, since they kill what the others use. */
export const deployed = ['system', 'hostile', 'browser', 'faults'] as const;
