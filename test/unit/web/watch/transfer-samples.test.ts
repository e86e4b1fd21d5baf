import { describe, expect, it } from 'vitest';
import { leastSampleMs, transferSamples } from '../../../../web/watch/player/transfer-samples.ts';

const megabit = 125_000;

describe('samples of the network’s speed', () => {
  it('leaves out the time that the origin held the request', () => {
    const sample = transferSamples();
    // 4 Mbit over 8 Mbit/s take half a second; the segment was being encoded for four seconds before.
    expect(sample({ deltaMs: 4500, bytes: 4 * megabit, packetNumber: 1, timeToFirstByteMs: 4000 })).toEqual({
      deltaMs: 500,
      bytes: 4 * megabit,
    });
  });

  it('takes the waiting out of the first piece only', () => {
    const sample = transferSamples();
    sample({ deltaMs: 4100, bytes: megabit, packetNumber: 1, timeToFirstByteMs: 4000 });
    expect(sample({ deltaMs: 100, bytes: megabit, packetNumber: 2, timeToFirstByteMs: 4000 })).toEqual({
      deltaMs: 100,
      bytes: megabit,
    });
  });

  it('adds up pieces that are too short to count, so that a near edge is measured at all', () => {
    const sample = transferSamples();
    const short = { deltaMs: 22, bytes: 1000, packetNumber: 1, timeToFirstByteMs: 20 };
    expect(sample(short)).toBeUndefined();
    expect(sample(short)).toBeUndefined();
    expect(sample(short)).toEqual({ deltaMs: 6, bytes: 3000 });
    expect(leastSampleMs).toBe(5);
  });

  it('never takes a time below nothing for a speed', () => {
    const sample = transferSamples();
    expect(sample({ deltaMs: 10, bytes: 1000, packetNumber: 1, timeToFirstByteMs: 30 })).toBeUndefined();
    expect(sample({ deltaMs: 10, bytes: 1000, packetNumber: undefined, timeToFirstByteMs: undefined })).toEqual({
      deltaMs: 10,
      bytes: 2000,
    });
  });
});
