/** Projects of vitest.config.ts that need nothing but the processor. */
export const computing = ['unit', 'stacks'] as const;

/** Those that share one deployed local cloud, in their order: faults are last, since they kill what the others use. */
export const deployed = ['system', 'hostile', 'browser', 'faults'] as const;
