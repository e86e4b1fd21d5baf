import { expect, it } from 'vitest';
import { problem } from '../../../domain/api/problems.ts';
import { type Grant, grantAnswer } from '../../../lambdas/auth/grant.ts';
import { Answer } from '../../../lambdas/shared/answers.ts';
import { sessionCookies } from '../../../lambdas/shared/session-cookies.ts';

const cookies = sessionCookies('https://video.example.com');
const grant: Grant = {
  kind: 'api',
  accessToken: 'access',
  refreshToken: 'refresh',
  sessionSeconds: 1000,
};
const answered = (change: Partial<Grant>) => {
  const answer = grantAnswer({ ...grant, ...change }, cookies);
  if (!(answer instanceof Answer)) throw new Error('a problem');
  return answer;
};

it('gives an API client its tokens in the body and no cookie', () => {
  expect(answered({})).toEqual(
    new Answer({ accessToken: 'access', refreshToken: 'refresh', expiresInSeconds: 900 }, []),
  );
});

it('gives a browser cookies and nothing that a script could read', () => {
  const { body, cookies: lines } = answered({ kind: 'browser' });
  expect(body).toEqual({ accessToken: null, refreshToken: null, expiresInSeconds: 900 });
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toContain('HttpOnly');
});

it('leaves the refresh cookie alone when it was not replaced', () => {
  expect(answered({ kind: 'browser', refreshToken: null }).cookies).toEqual([
    expect.stringContaining('__Host-sluice-access=access'),
  ]);
});

it('makes a browser known that was not, for longer than its session', () => {
  const { cookies: lines } = answered({ kind: 'browser', deviceToken: 'device' });
  expect(lines).toHaveLength(3);
  expect(lines[2]).toMatch(/^__Secure-sluice-device=device; Max-Age=15552000;/);
});

it('passes a problem on', () => {
  expect(grantAnswer(problem('session-ended', ''), cookies)).toMatchObject({ code: 'session-ended' });
});
