/**
 * Ranks order the items of a list: strings that compare byte by byte. An item is moved by giving it a rank between two
 * others, and no other item is written. They are numbers between 0 and 1 in base 62, without trailing zeros, so that there is
 * always another one between two.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = digits.length;
/** Ends every rank that is not made between two others. */
const middle = 'V';

/** Ranks begin with one of these: those put first come before those spread anew, and those put last after them. */
const zones = { first: 'A', spread: 'T', last: 'n' } as const;

/** Enough for milliseconds until the year 8889. */
const instantDigits = 8;
const latest = base ** instantDigits - 1;

function encode(value: number, length: number): string {
  let text = '';
  for (let left = value; text.length < length; left = Math.floor(left / base)) text = digits[left % base] + text;
  return text;
}

/** Tells apart what is put into a list in the same millisecond. */
const chanceDigits = 4;
const byChance = (chance: number) => encode(Math.floor(chance * base ** chanceDigits), chanceDigits);

/**
 * After all ranks that were given before `now` (ms): nobody has to read which is the last, so many may append at once.
 * `chance` is a random number, from 0 to less than 1.
 */
export const rankLast = (now: number, chance: number): string =>
  zones.last + encode(now, instantDigits) + byChance(chance) + middle;

/** Before all ranks that were given before `now` (ms). `chance` is a random number, from 0 to less than 1. */
export const rankFirst = (now: number, chance: number): string =>
  zones.first + encode(latest - now, instantDigits) + byChance(chance) + middle;

/** Of item `index` (from 0) of a list that is spread anew, evenly. */
export const rankSpread = (index: number): string => zones.spread + encode(index, instantDigits) + middle;

/** A rank that is longer than this is a sign of very many moves to one place: time to spread the list anew. */
export const longestRank = 100;

/**
 * A rank after `before` and before `after`.
 * @throws RangeError if `before` is not less than `after`.
 */
export function rankBetween(before: string, after: string): string {
  if (before >= after) throw new RangeError(`there is nothing between ${before} and ${after}`);
  return between(before, after);
}

/** `after` undefined: before 1. */
function between(before: string, after: string | undefined): string {
  let shared = 0;
  if (after !== undefined) while (shared < after.length && (before[shared] ?? '0') === after[shared]) shared += 1;
  if (after !== undefined && shared > 0) {
    return after.slice(0, shared) + between(before.slice(shared), after.slice(shared));
  }
  const from = before === '' ? 0 : digits.indexOf(before[0] ?? '');
  const to = after === undefined ? base : digits.indexOf(after[0] ?? '');
  if (to - from > 1) return digits[Math.floor((from + to) / 2)] ?? '';
  // Neighbours: the shorter way is down to the first digit of `after`, if more follows it.
  if (after !== undefined && after.length > 1) return after[0] ?? '';
  return (digits[from] ?? '') + between(before.slice(1), undefined);
}
