import { expect, it } from 'vitest';
import { readCookies, sessionCookies } from '../../../lambdas/shared/session-cookies.ts';

it('makes cookies of an https site that no script, no other site and no subdomain can touch', () => {
  const cookies = sessionCookies('https://video.example.com');
  expect(cookies.access('t', 60)).toBe('__Host-sluice-access=t; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict');
  expect(cookies.refresh('t', 60)).toBe(
    '__Secure-sluice-refresh=t; Max-Age=60; Path=/api/auth; HttpOnly; Secure; SameSite=Strict',
  );
  expect(cookies.device('t', 60)).toBe(
    '__Secure-sluice-device=t; Max-Age=60; Path=/api/auth; HttpOnly; Secure; SameSite=Strict',
  );
});

it('leaves out what a browser refuses over http', () => {
  const cookies = sessionCookies('http://127.0.0.1:4700');
  expect(cookies.access('t', 60)).toBe('sluice-access=t; Max-Age=60; Path=/; HttpOnly; SameSite=Strict');
});

it('reads back what it wrote', () => {
  const cookies = sessionCookies('https://video.example.com');
  const sent = cookies.access('a.b.c', 60).split(';')[0];
  expect(readCookies(`theme=dark; ${sent}`)[cookies.accessName]).toBe('a.b.c');
  expect(readCookies(undefined)).toEqual({});
});

it('takes what a session is known by away at once', () => {
  for (const line of sessionCookies('https://video.example.com').clear()) expect(line).toContain('Max-Age=0');
});
