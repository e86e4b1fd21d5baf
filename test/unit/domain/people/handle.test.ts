import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Handle, handleFrom, isReserved } from '../../../../domain/people/handle.ts';

describe('a handle', () => {
  it.each([
    ['Ada', 'ada'],
    ['  ada_lovelace-1 ', 'ada_lovelace-1'],
    ['a'.repeat(30), 'a'.repeat(30)],
  ])('is one whatever its case: %j', (typed, handle) => {
    expect(Handle.parse(typed)).toBe(handle);
  });

  it.each(['ab', 'a'.repeat(31), '-ada', 'ada_', 'ada lovelace', 'ädä', 'ada/1', ''])('is not %j', (typed) => {
    expect(Handle.safeParse(typed).success).toBe(false);
  });

  it('is not the name of a page, nor of staff', () => {
    for (const word of ['Admin', 'studio', 'me-too'].map((typed) => Handle.parse(typed)))
      expect(isReserved(word)).toBe(word !== 'me-too');
  });

  it('can be made of any name, and tells the name where it can', () => {
    expect(handleFrom('Ada Lovelace', 'x7k2p')).toBe('ada-lovelace-x7k2p');
    expect(handleFrom('Zoë  Ångström!', 'x7k2p')).toMatch(/^zo.*-x7k2p$/);
    expect(handleFrom('李雷', 'x7k2p')).toBe('viewer-x7k2p');
    const marks = fc.stringMatching(/^[a-z0-9]{5}$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), marks, (name, mark) => {
        expect(Handle.parse(handleFrom(name, mark))).toContain(mark);
      }),
    );
  });
});
