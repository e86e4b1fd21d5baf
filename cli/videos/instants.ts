import { InvalidArgumentError } from 'commander';

const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** An instant (ms since the epoch) in the time of this machine, with its zone. */
export const formatInstant = (instant: number): string =>
  `${new Date(instant).toLocaleString('sv', { dateStyle: 'short', timeStyle: 'short' })} (${zone})`;

const form = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * An instant as a person gives it, in milliseconds since the epoch: a date and a time, of this machine's time zone unless it
 * names another; `now` is null.
 * @throws InvalidArgumentError if it is neither.
 */
export function parseInstant(text: string): number | null {
  if (text === 'now') return null;
  const instant = form.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(instant))
    throw new InvalidArgumentError(
      'It is a date and a time, such as 2026-12-24T18:00 or 2026-12-24T18:00Z, or the word now.',
    );
  return instant;
}
