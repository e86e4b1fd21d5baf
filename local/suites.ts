/**
 * Projects of vitest.config.ts that need nothing but the processor, in their order. `engine` gives files to the worker's own
 * programs, and takes the most of it.
 */
export const computing = ['unit', 'stacks', 'engine'] as const;

/**
 * Those that share one deployed local cloud, in their order: first those that wait most, for leases to run out and for limits, while
 * what computes is beside them. Faults start again what they have ended.
 */
export const deployed = ['faults', 'hostile', 'system', 'browser'] as const;
