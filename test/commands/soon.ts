import { vi } from 'vitest';

/**
 * Looks again until `look` no longer throws, and answers what it saw: for longer than a busy machine needs.
 * @throws what it threw last.
 */
export const soon = <T>(look: () => T | Promise<T>, { seconds = 30, everySeconds = 0.1 } = {}): Promise<T> =>
  vi.waitFor(look, { timeout: seconds * 1000, interval: everySeconds * 1000 });
