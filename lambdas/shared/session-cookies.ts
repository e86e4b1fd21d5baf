import { parse, serialize } from 'hono/utils/cookie';

/** Where the refresh cookie is sent, and nowhere else. */
const refreshPath = '/api/auth';

export interface SessionCookies {
  readonly accessName: string;
  readonly refreshName: string;
  /** `Set-Cookie` lines; a cookie lives as long as its session, what it is worth is decided by its record. */
  readonly access: (token: string, maxAgeSeconds: number) => string;
  readonly refresh: (token: string, maxAgeSeconds: number) => string;
  /** `Set-Cookie` lines that take both away. */
  readonly clear: () => string[];
}

/**
 * The cookies of a site. Over https they are Secure and say so in their names, which a subdomain or an attacker on http
 * cannot set: `__Host-`, or `__Secure-` for the refresh cookie, since `__Host-` demands the path `/` (RFC 6265bis,
 * section 4.1.3).
 */
export function sessionCookies(siteOrigin: string): SessionCookies {
  const secure = new URL(siteOrigin).protocol === 'https:';
  const accessName = secure ? '__Host-sluice-access' : 'sluice-access';
  const refreshName = secure ? '__Secure-sluice-refresh' : 'sluice-refresh';
  const flags = { httpOnly: true, sameSite: 'Strict', secure } as const;
  const access = (token: string, maxAge: number) => serialize(accessName, token, { ...flags, path: '/', maxAge });
  const refresh = (token: string, maxAge: number) =>
    serialize(refreshName, token, { ...flags, path: refreshPath, maxAge });
  return { accessName, refreshName, access, refresh, clear: () => [access('', 0), refresh('', 0)] };
}

export const readCookies = (header: string | undefined): Readonly<Record<string, string>> => parse(header ?? '');
