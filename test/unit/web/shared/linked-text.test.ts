import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkedText } from '../../../../web/shared/text/linked-text.ts';

const links = (text: string) => linkedText(text).flatMap(({ href }) => href ?? []);

it('finds addresses as people write them', () => {
  expect(linkedText('See https://example.com/a?b=c. Bye')).toEqual([
    { text: 'See ' },
    { text: 'https://example.com/a?b=c', href: 'https://example.com/a?b=c' },
    { text: '. Bye' },
  ]);
  expect(links('(https://en.wikipedia.org/wiki/Sluice_(disambiguation))')).toEqual([
    'https://en.wikipedia.org/wiki/Sluice_(disambiguation)',
  ]);
  expect(links('HTTP://EXAMPLE.com, “https://b.example”!')).toEqual(['http://example.com/', 'https://b.example/']);
});

it('makes no link of what could be a script, or is no address', () => {
  expect(links('javascript:alert(1) data:text/html,x ftp://a.example https:// <a href=x>')).toEqual([]);
});

it('loses no character, and links to nothing but pages', () => {
  const some = fc.array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.webUrl(), fc.constantFrom(' ', '(', ').', '<', '"')),
  );
  fc.assert(
    fc.property(
      some.map((parts) => parts.join('')),
      (text) => {
        const stretches = linkedText(text);
        expect(stretches.map((stretch) => stretch.text).join('')).toBe(text);
        for (const { href } of stretches) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
      },
    ),
  );
});

it('finds the places that people name, and no dates, ratios or scores', () => {
  const places = (text: string) => linkedText(text).flatMap(({ seconds }) => seconds ?? []);
  expect(linkedText('At 0:42, look')).toEqual([{ text: 'At ' }, { text: '0:42', seconds: 42 }, { text: ', look' }]);
  expect(places('0:00 Start\n12:34 Middle\n(1:02:03) End.')).toEqual([0, 754, 3723]);
  expect(places('1:75 2026-11-26T10:30:00 16:9 3.10:20 1:2:3 12345:67 a 10:20:30:40')).toEqual([]);
  expect(places('https://example.com/?t=1:30')).toEqual([]);
});
