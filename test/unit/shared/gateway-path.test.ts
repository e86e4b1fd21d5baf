import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asInUrl } from '../../../lambdas/shared/gateway-path.ts';

const pathOf = (path: string) => new URL(`https://site.example${path}`).pathname;

it('leaves a path that is encoded as it is', () => {
  expect(asInUrl('/api/videos/01J%20A/captions/pt-BR')).toBe('/api/videos/01J%20A/captions/pt-BR');
});

it('keeps what a URL would drop, or take for its end', () => {
  expect(pathOf(asInUrl('/api/me/sessions/  '))).toBe('/api/me/sessions/%20%20');
  expect(pathOf(asInUrl('/api/me/ses\tsions'))).toBe('/api/me/ses%09sions');
  expect(pathOf(asInUrl('/api/videos/a?b#c'))).toBe('/api/videos/a%3Fb%23c');
  expect(pathOf(asInUrl('/api/videos/\\é'))).toBe('/api/videos/%5C%C3%A9');
});

it('whatever a segment was before the gateway decoded it, it is again', () => {
  // A dot alone is no segment, however it is written (WHATWG URL, single-dot path segment).
  const segment = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^\.{1,2}$|[/%]/.test(text));
  fc.assert(
    fc.property(segment, (text) => {
      const [, , last = ''] = pathOf(asInUrl(`/api/${text}`)).split('/');
      expect(decodeURIComponent(last)).toBe(text);
    }),
  );
});
