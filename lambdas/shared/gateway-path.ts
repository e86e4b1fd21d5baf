/** What may stand in a path as it is (RFC 3986, section 3.3), and the mark of what is encoded already. */
const inPath = /[A-Za-z0-9\-._~!$&'()*+,;=:@/%]/;

const utf8 = new TextEncoder();
const encoded = (char: string) =>
  [...utf8.encode(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/**
 * A path as a URL has it. API Gateway decodes what it hands on (`rawPath`), and whoever reads that as part of a URL reads
 * another path: spaces at its end and line breaks are dropped, and what follows a `?` or `#` is no path any more.
 */
export const asInUrl = (path: string): string =>
  Array.from(path, (char) => (inPath.test(char) ? char : encoded(char))).join('');
