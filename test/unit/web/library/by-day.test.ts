import { describe, expect, it } from 'vitest';
import { byDay } from '../../../../web/library/by-day.ts';

const at = (day: number, hour: number, year = 2026) => ({ startedAt: new Date(year, 10, day, hour).getTime() });

describe('what was watched', () => {
  it('stands under the day on which it began, as people call it', () => {
    const now = new Date(2026, 10, 26, 0, 30).getTime();
    const watched = [at(26, 0), at(25, 23), at(25, 1), at(20, 12), at(20, 12, 2025)];
    const days = byDay(watched, now);
    expect(days.map(({ items }) => items.length)).toEqual([1, 2, 1, 1]);
    expect(days.slice(0, 2).map(({ day }) => day)).toEqual(['Today', 'Yesterday']);
    expect(days[2]?.day).toMatch(/20/);
    expect(days[2]?.day).not.toMatch(/2026/);
    expect(days[3]?.day).toMatch(/2025/);
  });
});
