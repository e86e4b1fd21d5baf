import { expect, it } from 'vitest';
import { formatAgo, formatCount } from '../../../../web/shared/format.ts';

const hour = 3_600_000;

it('an age is told in the largest unit that fits', () => {
  const now = 10 ** 12;
  const ages = [0, 59_000, 90_000, 2 * hour, 26 * hour, 8 * 24 * hour, 65 * 24 * hour, 800 * 24 * hour];
  expect(ages.map((age) => formatAgo(now - age, now))).toEqual([
    'just now',
    'just now',
    '1 minute ago',
    '2 hours ago',
    '1 day ago',
    '1 week ago',
    '2 months ago',
    '2 years ago',
  ]);
  expect(formatAgo(now + hour, now)).toBe('just now');
});

it('a count has its noun, and is short when it is large', () => {
  expect([0, 1, 999, 12_345, 3_000_000].map((n) => formatCount(n, 'like', 'likes'))).toEqual([
    '0 likes',
    '1 like',
    '999 likes',
    '12.3K likes',
    '3M likes',
  ]);
});
