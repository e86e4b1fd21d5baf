import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isVisible, Line, Paragraphs, SomeParagraphs, shortened } from '../../../domain/text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('what people write', () => {
  it.each([
    ['Holiday \u202Egpj.exe', 'Holiday gpj.exe'],
    ['\u2067שלום\u2069 world', 'שלום world'],
    ['red\u001B[31m alert\u0007', 'red[31m alert'],
    ['two\r\nlines\u2028and\tmore', 'two lines and more'],
    ['e\u0301', 'é'],
    ['\u0000 a \uFEFF', 'a'],
    ['👩‍👩‍👧‍👦 می‌خواهم', '👩‍👩‍👧‍👦 می‌خواهم'],
  ])('of one line is kept without what reaches beyond it: %j as %j', (sent, kept) =>
    expect(Line(100).parse(sent)).toBe(kept),
  );

  it('keeps its lines where it may have several', () =>
    expect(Paragraphs(100).parse('one\r\n\r\ntwo\u2029\u202Ethree\u0008\tfour ')).toBe('one\n\ntwo\nthree\tfour'));

  it.each(['', ' ', '\u200B\u200D', '\u202E', '\u3164', '\u2800\uFEFF', '\u0000'])(
    'is nothing if nothing of it can be seen: %j',
    (sent) => {
      expect(Line(100).safeParse(sent).success).toBe(false);
      expect(SomeParagraphs(100).safeParse(sent).success).toBe(false);
      expect(isVisible(sent)).toBe(false);
    },
  );

  it('is kept in one form: what is kept, sent again, is the same', () =>
    fc.assert(
      fc.property(anyText, (sent) => {
        for (const schema of [Line(100), Paragraphs(100)]) {
          const kept = schema.safeParse(sent);
          if (kept.success) expect(schema.parse(kept.data)).toBe(kept.data);
          expect(kept.data ?? '').not.toMatch(/[\u202A-\u202E\u2066-\u2069]|[^\P{Cc}\n\t]/u);
        }
      }),
    ));

  it('is cut between two characters', () => {
    expect(shortened('a💩', 2)).toBe('a');
    expect(shortened('a💩', 3)).toBe('a💩');
    fc.assert(fc.property(anyText, fc.nat(80), (text, length) => shortened(text, length).isWellFormed()));
  });
});
