import { expect, it } from 'vitest';
import { totp } from '../../commands/totp.ts';

/** RFC 6238, appendix B: the last six of its eight digits, for the key "12345678901234567890". */
it.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1234567890, '005924'],
  [20000000000, '353130'],
])('at %d s the app shows %s', (seconds, code) => {
  expect(totp('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', seconds * 1000)).toBe(code);
});
