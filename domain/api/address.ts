const dotted = /^(\d{1,3}\.){3}\d{1,3}$/;

/**
 * What an address is counted as: of IPv4 itself, of IPv6 its /64, which is what one household or machine is given and may
 * choose addresses from at will (RFC 4291, section 2.5.1). An IPv4 address in IPv6's form is the IPv4 address.
 */
export function addressRange(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const mapped = /^(?:::ffff:|0:0:0:0:0:ffff:)(.*)$/i.exec(address)?.[1];
  if (mapped !== undefined && dotted.test(mapped)) return mapped;
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'));
  const left = groupsOf(head);
  const right = groupsOf(tail ?? '');
  const written = left.length + right.length + (dotted.test(right.at(-1) ?? '') ? 1 : 0);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - written);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups.slice(0, 4).map(withoutZeros).join(':')}::/64`;
}

const withoutZeros = (group: string) => group.replace(/^0+(?=.)/, '');
