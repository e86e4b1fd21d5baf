import { describe, expect, it } from 'vitest';
import { isSignInTold, type SecurityAct, securityMail } from '../../../../domain/access/security-notice.ts';

const at = Date.UTC(2026, 10, 26, 20, 56, 2);
const site = 'https://video.example';

describe('a mail about an account', () => {
  const acts: SecurityAct[] = [
    { kind: 'password-changed' },
    { kind: 'password-reset' },
    { kind: 'second-factor-set-up' },
    { kind: 'second-factor-removed', by: 'owner' },
    { kind: 'second-factor-removed', by: 'admin' },
    { kind: 'signed-in', device: 'Firefox on Linux' },
  ];

  it('says what was done, when, and where to go; nothing in it opens anything', () => {
    for (const act of acts) {
      const { text } = securityMail(act, at, site);
      expect(text).toContain('Thu, 26 Nov 2026 20:56:02 GMT');
      expect(text.match(/https:\S+/g)).toEqual([`${site}/forgot-password`, `${site}/account/security`]);
    }
    expect(new Set(acts.map((act) => securityMail(act, at, site).text)).size).toBe(acts.length);
  });

  it('names the device of a sign-in, and who removed a second factor for somebody else', () => {
    expect(securityMail({ kind: 'signed-in', device: 'curl' }, at, site).text).toContain('(curl)');
    expect(securityMail({ kind: 'second-factor-removed', by: 'admin' }, at, site).text).toContain(
      'by an administrator',
    );
  });
});

it('who has registered within the hour is not told of a sign-in', () => {
  expect(isSignInTold(at, at + 3_600_000)).toBe(false);
  expect(isSignInTold(at, at + 3_600_001)).toBe(true);
});
