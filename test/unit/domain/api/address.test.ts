import { isIPv4, isIPv6 } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRange } from '../../../../domain/api/address.ts';

describe('an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
  ])('%s is counted as %s', (address, range) => {
    expect(addressRange(address)).toBe(range);
  });

  it('of IPv4 is itself, and of IPv6 is what all addresses of its network are, however they are written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isIPv4(addressRange(address))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        fc.pre(isIPv6(address) && !address.includes('.'));
        // A URL has the one canonical form (RFC 5952).
        const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
        fc.pre(!canonical.startsWith('::ffff:'));
        expect(addressRange(address)).toBe(addressRange(canonical));
        expect(isIPv6(addressRange(address).replace('/64', ''))).toBe(true);
      }),
    );
  });
});
