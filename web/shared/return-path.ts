/** Where to go after signing in: a path of this site and nothing else, whatever the link said. */
export function returnPath(next: string | undefined): string {
  const home = '/studio';
  if (next === undefined || !next.startsWith('/')) return home;
  const url = new URL(next, 'http://site.invalid');
  return url.host === 'site.invalid' ? `${url.pathname}${url.search}${url.hash}` : home;
}
