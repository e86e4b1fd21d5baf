import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { attachment } from '../../../../domain/upload/attachment.ts';

it('names a file for the old and for the new', () => {
  expect(attachment('plain name.mov')).toBe(`attachment; filename="plain name.mov"; filename*=UTF-8''plain%20name.mov`);
  expect(attachment('Ferien "Süd" (1).mov')).toBe(
    `attachment; filename="Ferien _S_d_ (1).mov"; filename*=UTF-8''Ferien%20%22S%C3%BCd%22%20%281%29.mov`,
  );
});

it('keeps any name, and is one header of ASCII whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const [, plain = '', encoded = ''] =
        /^attachment; filename="([^"\\\r\n]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]*)$/.exec(attachment(name)) ?? [];
      expect(plain).toMatch(/^[ -~]*$/);
      expect(decodeURIComponent(encoded)).toBe(name.toWellFormed());
    }),
  );
});
