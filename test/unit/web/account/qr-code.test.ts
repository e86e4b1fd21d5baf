import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { qrCode } from '../../../../web/account/security/qr-code.ts';

const drawn = (text: string) => qrCode(text)?.map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''));
const repeated = (length: number) => 'otpauth:'.repeat(30).slice(0, length);

/** These codes were compared once, module by module, with those that another encoder makes with the same mask. */
describe('a QR code', () => {
  it('is drawn with finders, timing, format, data and correction', () => {
    expect(drawn('sluice')).toEqual([
      '#######.#.....#######',
      '#.....#.#####.#.....#',
      '#.###.#.#.#...#.###.#',
      '#.###.#...###.#.###.#',
      '#.###.#.#.#.#.#.###.#',
      '#.....#..#.##.#.....#',
      '#######.#.#.#.#######',
      '.........#.##........',
      '#..######.#.##..#.###',
      '..###.......#.#.##...',
      '.###..#..##..##.#####',
      '.#.##..#.###......###',
      '.#.##.#.##....#....##',
      '........#####....##..',
      '#######.##..#######..',
      '#.....#.######.####..',
      '#.###.#.#..##.#..#.##',
      '#.###.#.#.###....#...',
      '#.###.#.......#.#.###',
      '#.....#...#..########',
      '#######.##.#...##....',
    ]);
  });

  it.each([
    [15, 25, '8c342fbd87d17044'],
    [60, 33, '657533e078ce9b32'],
    [110, 45, '7a46fe34c37c1e86'],
    [150, 49, '7e6f72315101a146'],
    [170, 53, '67bf3ffd5507337d'],
    [213, 57, '0bfc4f42a7194838'],
  ])(
    'of %d bytes has %d modules a side, in one block or several, with and without its version',
    (length, size, hash) => {
      const rows = drawn(repeated(length)) ?? [];
      expect(rows).toHaveLength(size);
      expect(createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 16)).toBe(hash);
    },
  );

  it('is not made of more than fits', () => {
    expect(qrCode(repeated(213))).toBeDefined();
    expect(qrCode(repeated(214))).toBeUndefined();
  });
});
