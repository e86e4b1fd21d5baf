import { describe, expect, it } from 'vitest';
import { deviceOf } from '../../../domain/access/device.ts';
import { otpauthUri } from '../../../domain/access/totp.ts';
import { MailEvent, undeliverable } from '../../../domain/access/undeliverable.ts';

describe('a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'Safari on macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1',
      'Chrome on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
    ],
    ['sluice-cli', 'Sluice command line'],
    ['node', 'Unknown device'],
    [undefined, 'Unknown device'],
  ])('that calls itself %s is a %s', (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });
});

it('an authenticator app is told of issuer and account, whatever characters are in them', () => {
  const uri = new URL(otpauthUri({ issuer: 'Sluice (a & b)', account: 'ada+tv@example.com', secret: 'GEZDGNBV' }));
  expect(uri.protocol + uri.host).toBe('otpauth:totp');
  expect(decodeURIComponent(uri.pathname)).toBe('/Sluice (a & b):ada+tv@example.com');
  expect([...uri.searchParams]).toEqual([
    ['secret', 'GEZDGNBV'],
    ['issuer', 'Sluice (a & b)'],
  ]);
});

describe('mail', () => {
  const bounce = (bounceType: string) =>
    MailEvent.parse({
      'detail-type': 'Email Bounced',
      detail: { bounce: { bounceType, bouncedRecipients: [{ emailAddress: 'Ada@Example.com', status: '5.1.1' }] } },
    });

  it('that bounces for good, or is complained of, is for addresses that get no more', () => {
    expect(undeliverable(bounce('Permanent'))).toEqual({ state: 'bounced', addresses: ['ada@example.com'] });
    const complaint = MailEvent.parse({
      'detail-type': 'Email Complaint Received',
      detail: { complaint: { complainedRecipients: [{ emailAddress: 'ada@example.com' }] } },
    });
    expect(undeliverable(complaint)).toEqual({ state: 'complained', addresses: ['ada@example.com'] });
  });

  it.each(['Transient', 'Undetermined'])('that bounces for now (%s) says nothing of the address', (bounceType) => {
    expect(undeliverable(bounce(bounceType)).addresses).toEqual([]);
  });
});
