import { describe, expect, it } from 'vitest';
import { comesFromSite, type WriteRequest } from '../../../lambdas/shared/same-site.ts';

const site = 'https://video.example.com';
const write: WriteRequest = {
  method: 'POST',
  origin: undefined,
  secFetchSite: undefined,
  hasBearer: false,
  hasSessionCookie: true,
};
const from = (change: Partial<WriteRequest>) => comesFromSite({ ...write, ...change }, site);

describe('a write with a cookie', () => {
  it('is taken from the site itself', () => {
    expect(from({ origin: site })).toBe(true);
    expect(from({ secFetchSite: 'same-origin' })).toBe(true);
  });

  it('is refused from anywhere else, and when it does not say', () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://video.example.com',
      `${site}:8443`,
      `${site}.evil.example`,
    ]) {
      expect(from({ origin })).toBe(false);
    }
    expect(from({ origin: 'https://evil.example', secFetchSite: 'same-origin' })).toBe(false);
    for (const secFetchSite of ['cross-site', 'same-site', 'none']) expect(from({ secFetchSite })).toBe(false);
    expect(from({})).toBe(false);
  });
});

it('does not matter to reads', () => {
  expect(from({ method: 'GET', origin: 'https://evil.example' })).toBe(true);
});

it('does not matter with a bearer token, which no browser adds by itself', () => {
  expect(from({ hasBearer: true })).toBe(true);
});

it('lets a program sign in, which has no cookie and no origin, but not a page of another site', () => {
  expect(from({ hasSessionCookie: false })).toBe(true);
  expect(from({ hasSessionCookie: false, origin: 'https://evil.example' })).toBe(false);
});
