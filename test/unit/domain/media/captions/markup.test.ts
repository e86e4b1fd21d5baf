import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanMarkup, isBlank } from '../../../../../domain/media/captions/markup.ts';

it.each([
  ['<i>Hello</i>', '<i>Hello</i>'],
  ['<I>Hello', '<i>Hello</i>'],
  ['<b><i>a</b>b</i>', '<b><i>a</i></b>b'],
  ['a</b>', 'a'],
  ['<font color="#fff">white</font>', 'white'],
  ['<c.yellow>yellow</c> <00:00:01.500>word', 'yellow word'],
  ['<v.loud Ann  Lee>Hi', '<v Ann Lee>Hi</v>'],
  ['<v>Hi</v>', 'Hi'],
  ['<lang pt-BR>oi</lang>', '<lang pt-BR>oi</lang>'],
  ['<ruby>漢<rt>かん</rt></ruby>', '<ruby>漢<rt>かん</rt></ruby>'],
  ['{\\an8}on top', 'on top'],
  ['Tom & Jerry', 'Tom &amp; Jerry'],
  ['Tom &amp; Jerry', 'Tom &amp; Jerry'],
  ['caf&#233; &#x3c;b&#x3E; &#0; &copy;', 'café &lt;b&gt; &amp;#0; &amp;copy;'],
  ['1 < 2 > 0', '1 &lt; 2 &gt; 0'],
  ['a --> b', 'a --&gt; b'],
  ['one\n\n  \ntwo', 'one\ntwo'],
  ['<script>alert(1)</script>', 'alert(1)'],
  ['<img src=x onerror=alert(1)>', ''],
  ['<i onclick="x()">a</i>', '<i>a</i>'],
  ['<v <script>alert(1)</script>', '&lt;v alert(1)'],
])('%j becomes %j', (raw, clean) => {
  expect(cleanMarkup(raw)).toBe(clean);
});

it('whatever comes in, only the known tags are left, each closed, and cleaning again changes nothing', () => {
  const anyMarkup = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '</',
          '&',
          ';',
          '&#x3c;',
          '<b>',
          '</b>',
          '<i',
          '<v Ann>',
          '<lang en>',
          '<script>',
          '\n',
          '-->',
        ),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(anyMarkup, (raw) => {
      const clean = cleanMarkup(raw);
      expect(cleanMarkup(clean)).toBe(clean);
      expect(clean).not.toContain('-->');
      expect(clean).not.toMatch(/^\s|\n\s*\n|\s$/);
      const tags = clean.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) expect(tag).toMatch(/^<(\/?(b|i|u|ruby|rt|v|lang)|v [^<>&]+|lang [\w-]+)>$/);
      const rest = clean.replaceAll(/<[^>]*>/g, '');
      expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|nbsp|lrm|rlm);)/);
      expect(tags.filter((tag) => tag.startsWith('</')).length * 2).toBe(tags.length);
    }),
    { numRuns: 500 },
  );
});

it('a hundred thousand tags that are never closed take no time, and a hundred thousand that close nothing none either', () => {
  const began = performance.now();
  const clean = cleanMarkup(`${'<i>'.repeat(100_000)}a${'</b>'.repeat(100_000)}`);
  expect(clean).toMatch(/^(<i>)+a(<\/i>)+$/);
  // Looked for among all that are open, each end takes longer than the last: minutes.
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('tags alone show nothing', () => {
  expect(isBlank(cleanMarkup('<i> </i>'))).toBe(true);
  expect(isBlank(cleanMarkup('<i>.</i>'))).toBe(false);
});
