import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkedText } from '../../../../web/watch/linked-text.ts';

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
