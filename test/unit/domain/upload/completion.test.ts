import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whatIsIncomplete } from '../../../../domain/upload/completion.ts';
import { minPartBytes, partCount, partLength } from '../../../../domain/upload/parts.ts';

/** A file in parts, all of which have arrived. */
const wholeUpload = fc.integer({ min: 1, max: 40 * minPartBytes }).map((sizeBytes) => {
  const upload = { sizeBytes, partSizeBytes: minPartBytes };
  const checksums = Array.from({ length: partCount(sizeBytes, minPartBytes) }, (_, index) => `sum-${index + 1}`);
  const stored = checksums.map((checksum, index) => ({
    number: index + 1,
    sizeBytes: partLength(sizeBytes, minPartBytes, index + 1),
    checksum,
  }));
  return { upload, checksums, stored };
});
/** …and a choice of some of its parts. */
const withSome = wholeUpload.chain((whole) =>
  fc
    .subarray(
      whole.stored.map((part) => part.number),
      { minLength: 1 },
    )
    .map((some) => ({ ...whole, some })),
);

describe('completion', () => {
  it('is allowed when every part is there, as long as it should be, with the checksum that was sent', () => {
    fc.assert(
      fc.property(wholeUpload, ({ upload, checksums, stored }) => {
        expect(whatIsIncomplete(upload, checksums, stored)).toBeUndefined();
      }),
    );
  });

  it('names exactly the parts that have not arrived', () => {
    fc.assert(
      fc.property(withSome, ({ upload, checksums, stored, some }) => {
        const arrived = stored.filter((part) => !some.includes(part.number));
        expect(whatIsIncomplete(upload, checksums, arrived)).toMatchObject({ code: 'parts-missing', parts: some });
      }),
    );
  });

  it('names exactly the parts whose bytes are not those that were sent', () => {
    fc.assert(
      fc.property(withSome, ({ upload, checksums, stored, some }) => {
        const damaged = stored.map((part) => (some.includes(part.number) ? { ...part, checksum: 'other' } : part));
        expect(whatIsIncomplete(upload, checksums, damaged)).toMatchObject({
          code: 'part-checksum-mismatch',
          parts: some,
        });
      }),
    );
  });

  it('names exactly the parts of the wrong length', () => {
    fc.assert(
      fc.property(withSome, ({ upload, checksums, stored, some }) => {
        const short = stored.map((part) =>
          some.includes(part.number) ? { ...part, sizeBytes: part.sizeBytes - 1 } : part,
        );
        expect(whatIsIncomplete(upload, checksums, short)).toMatchObject({ code: 'size-mismatch', parts: some });
      }),
    );
  });

  it('is refused to a file of another number of parts than was declared', () => {
    fc.assert(
      fc.property(wholeUpload, ({ upload, checksums, stored }) => {
        expect(whatIsIncomplete(upload, [...checksums, 'more'], stored)).toMatchObject({ code: 'size-mismatch' });
        expect(whatIsIncomplete(upload, checksums.slice(1), stored)).toMatchObject({ code: 'size-mismatch' });
      }),
    );
  });
});
