import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstLookAt, nextLookAt } from '../../../../domain/upload/expiry.ts';
import { maxSourceBytes, sessionLifetimeSeconds } from '../../../../domain/upload/parts.ts';
import { peekOf } from '../../../../domain/upload/peek.ts';

const MiB = 1024 * 1024;

describe('the peek of a file', () => {
  it('is its first 8 MiB and its last 4', () => {
    const size = 200_000_000;
    expect(peekOf(size)).toEqual({ head: { from: 0, to: 8 * MiB }, tail: { from: size - 4 * MiB, to: size } });
  });

  it('holds the index of hours at the end of a large file', () => {
    const twoHours = 4_500_000;
    const size = 1_100_000_000;
    expect(size - (peekOf(size)?.tail.from ?? size)).toBeGreaterThan(twoHours);
  });

  it('holds 4 s of picture and sound behind the index of two hours at the beginning of a large file', () => {
    const [index, size] = [7_051_707, 2_463_143_795];
    const bytesPerSecond = (size - index) / 7200;
    expect(peekOf(size)?.head.to).toBeGreaterThan(index + 2 * 4 * bytesPerSecond);
  });

  it('is none of a file that is there nearly as soon', () => {
    expect(peekOf(1)).toBeNull();
    expect(peekOf(64 * MiB)).toBeNull();
    expect(peekOf(64 * MiB + 1)).not.toBeNull();
  });

  it('has two ends that lie within the file and do not meet, and is a small part of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: maxSourceBytes }), (size) => {
        const peek = peekOf(size);
        if (peek === null) return;
        const { head, tail } = peek;
        expect([head.from, tail.to]).toEqual([0, size]);
        expect(head.to).toBeLessThan(tail.from);
        expect(head.to + size - tail.from).toBeLessThan(size / 5);
      }),
    );
  });
});

describe('an upload whose completion was asked for', () => {
  const since = 1_800_000_000_000;
  const rest = since + sessionLifetimeSeconds * 1000;

  it('is looked at within minutes', () => {
    expect(firstLookAt(since) - since).toBeLessThanOrEqual(5 * 60_000);
  });

  it('is looked at again for an hour, then rests like any other, and ends like any other', () => {
    let looks = 0;
    let at: number | undefined = firstLookAt(since);
    for (let next: number | undefined = at; next !== undefined; looks++) {
      at = next;
      next = nextLookAt({ completingSince: since }, at);
    }
    expect(at).toBe(rest);
    expect(looks).toBeGreaterThan(5);
    expect(looks).toBeLessThan(30);
  });

  it('is given up at its expiry if nobody ever asked', () => {
    expect(nextLookAt({}, since)).toBeUndefined();
  });
});
