/** Where to go after signing in: a path of this site and nothing else, whatever the link said. */
export function returnPath(next: string | undefined): string {
  const home = '/studio';
  if (next === undefined || !next.startsWith('/')) return home;
  const url = URL.parse(next, 'http://site.invalid');
  // Freed of its dot segments a path may begin with two slashes: the name of another host (RFC 3986, section 4.2).
  if (url?.host !== 'site.invalid' || url.pathname.startsWith('//')) return home;
  return `${url.pathname}${url.search}${url.hash}`;
}
