import { describe, expect, it } from 'vitest';
import { returnPath } from '../../../../web/shared/return-path.ts';

describe('where signing in leads', () => {
  it('goes back to the page that was asked for', () => {
    expect(returnPath('/watch/01ABC?format=dash')).toBe('/watch/01ABC?format=dash');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example/',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/.\\\\evil.example',
    '/\t/evil.example',
    '//',
    '//[',
    'javascript:alert(1)',
    undefined,
  ])('does not leave the site for %s', (next) => expect(returnPath(next)).toBe('/studio'));
});
