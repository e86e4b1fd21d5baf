import { describe, expect, it } from 'vitest';
import { partRange, partsBook } from '../../../../web/studio/uploads/parts.ts';

const cut = { sizeBytes: 25, partSizeBytes: 10 };
const sum = (number: number) => `sum-${number}`;

describe('the book of parts', () => {
  it('cuts a file into ranges without gap or overlap', () => {
    expect([1, 2, 3].map((number) => partRange(cut, number))).toEqual([
      { start: 0, end: 10 },
      { start: 10, end: 20 },
      { start: 20, end: 25 },
    ]);
  });

  it('resumes with only what is missing', () => {
    const book = partsBook(cut, [{ number: 2, sizeBytes: 10, checksum: sum(2) }]);
    expect(book.missing()).toEqual([1, 3]);
    expect(book.bytesSent()).toBe(10);
    expect(book.partsStored()).toBe(1);
  });

  it('sends a stored part again that has the wrong length or is not of this file', () => {
    const book = partsBook(cut, [
      { number: 1, sizeBytes: 9, checksum: sum(1) },
      { number: 3, sizeBytes: 5, checksum: sum(3) },
      { number: 4, sizeBytes: 10, checksum: sum(4) },
    ]);
    expect(book.missing()).toEqual([1, 2]);
  });

  it('counts what is on its way once, and never beyond the file', () => {
    const book = partsBook(cut, []);
    book.sending(3, 4);
    book.sending(3, 500);
    expect(book.bytesSent()).toBe(5);
    book.stored(3, sum(3));
    expect(book.bytesSent()).toBe(5);
  });

  it('gives the checksums in the order of the parts, and only when all are there', () => {
    const book = partsBook(cut, [{ number: 3, sizeBytes: 5, checksum: sum(3) }]);
    book.stored(2, sum(2));
    expect(() => book.checksums()).toThrow('part 1');
    book.stored(1, sum(1));
    expect(book.checksums()).toEqual([sum(1), sum(2), sum(3)]);
    book.forget(2);
    expect(book.missing()).toEqual([2]);
  });
});
