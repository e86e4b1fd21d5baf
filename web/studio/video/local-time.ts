/** An instant (ms since the epoch) as a `datetime-local` field has it: in the zone of this machine, to the minute. */
export function toLocalInput(instant: number): string {
  const date = new Date(instant);
  return new Date(instant - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The instant that such a field names; undefined while it is not filled in. */
export function fromLocalInput(text: string): number | undefined {
  const instant = new Date(text).getTime();
  return Number.isNaN(instant) ? undefined : instant;
}

export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The same instant in UTC, for those who are elsewhere. */
export const inUtc = (instant: number): string =>
  new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** A full hour, a day from now: what a schedule begins with. */
export function proposedTime(now: number): number {
  const date = new Date(now + 24 * 3600_000);
  date.setMinutes(0, 0, 0);
  return date.getTime();
}
