import { describe, expect, it } from 'vitest';
import { transferRate } from '../../../../web/studio/uploads/transfer-rate.ts';

describe('the speed of an upload', () => {
  it('is not told before enough was seen', () => {
    const rate = transferRate();
    rate.add(0, 0);
    rate.add(500, 1_000_000);
    expect(rate.bytesPerSecond(500)).toBeUndefined();
  });

  it('is what arrived over the last seconds', () => {
    const rate = transferRate();
    for (let second = 0; second <= 20; second += 1)
      rate.add(second * 1000, second < 10 ? second * 100 : 1000 + (second - 10) * 5000);
    expect(rate.bytesPerSecond(20_000)).toBe(5000);
  });

  it('falls while nothing moves', () => {
    const rate = transferRate();
    rate.add(0, 0);
    rate.add(2000, 20_000);
    expect(rate.bytesPerSecond(2000)).toBe(10_000);
    expect(rate.bytesPerSecond(6000)).toBeLessThan(4000);
  });

  it('begins anew when a part is sent again', () => {
    const rate = transferRate();
    rate.add(0, 0);
    rate.add(2000, 20_000);
    rate.add(3000, 5000);
    expect(rate.bytesPerSecond(3000)).toBeUndefined();
  });
});
