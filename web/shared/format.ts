const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size for people: decimal units, two or three significant digits. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

export const formatSpeed = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** A position or length as a clock shows it: 0:07, 12:34, 1:02:03. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** How long something will still take, in words; coarser the longer it is, because estimates are. */
export function formatRemaining(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 55) return `${Math.ceil(seconds / 5) * 5} seconds left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes <= 1 ? 'a minute left' : `${minutes} minutes left`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h left` : `${hours} h ${minutes % 60} min left`;
}

/** How many days of `ms` milliseconds are left; the last one in hours. */
export function formatDaysLeft(ms: number): string {
  const hours = Math.max(0, Math.ceil(ms / 3_600_000));
  if (hours > 24) return `${Math.ceil(hours / 24)} days left`;
  return hours <= 1 ? 'less than an hour left' : `${hours} hours left`;
}

/** A share (0 to 1) in whole per cent; 100 % only when it is all there. */
export const formatShare = (share: number): string => `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;

/** When something happened, in the reader's language; only the day once it is not today. */
export function formatWhen(instant: number, now: number): string {
  const then = new Date(instant);
  return new Date(now).toDateString() === then.toDateString()
    ? then.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })
    : then.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}

const ages = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How long ago something was, in the largest unit that fits: "3 days ago". Both in milliseconds since the epoch. */
export function formatAgo(instant: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - instant) / 1000));
  const [unit, length] = ages.find(([, length]) => seconds >= length) ?? [undefined, 1];
  return unit === undefined
    ? 'just now'
    : new Intl.RelativeTimeFormat('en').format(-Math.floor(seconds / length), unit);
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A number with its noun: "1 like", "1.2K likes". */
export const formatCount = (count: number, one: string, many: string): string =>
  `${compact.format(count)} ${count === 1 ? one : many}`;
