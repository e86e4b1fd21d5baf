import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, speedometer } from '../../../cli/upload/progress.ts';

describe('the speed of an upload', () => {
  it('is that of the last seconds: a line that has become slow is seen as slow', () => {
    let now = 0;
    const speed = speedometer(() => now);
    let bytes = 0;
    const run = (seconds: number, bytesPerSecond: number) => {
      for (let i = 0; i < seconds * 10; i += 1) {
        now += 100;
        bytes += bytesPerSecond / 10;
        speed.mark(bytes);
      }
    };
    run(60, 1_000_000);
    expect(speed.bytesPerSecond()).toBeCloseTo(1_000_000, -3);
    run(15, 1_000);
    expect(speed.bytesPerSecond()).toBeCloseTo(1_000, -1);
  });

  it('is never below nothing, though bytes are taken back when a part is sent again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 })), (marks) => {
        let now = 0;
        const speed = speedometer(() => (now += 50));
        for (const mark of marks) speed.mark(mark);
        expect(speed.bytesPerSecond()).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

it.each([
  [0, '0:00'],
  [59, '0:59'],
  [59.4, '1:00'],
  [61, '1:01'],
  [3599.5, '1:00:00'],
  [3661, '1:01:01'],
  [Number.POSITIVE_INFINITY, '—'],
])('%d seconds are shown as %s', (seconds, shown) => expect(duration(seconds)).toBe(shown));
