import { parse, serialize } from 'hono/utils/cookie';

/** Where the refresh and device cookies are sent, and nowhere else. */
const authPath = '/api/auth';

export interface SessionCookies {
  readonly accessName: string;
  readonly refreshName: string;
  readonly deviceName: string;
  /** `Set-Cookie` lines; a cookie lives as long as its session, what it is worth is decided by its record. */
  readonly access: (token: string, maxAgeSeconds: number) => string;
  readonly refresh: (token: string, maxAgeSeconds: number) => string;
  /** By this a device is known at its next sign-in; it opens nothing, and outlives sessions. */
  readonly device: (token: string, maxAgeSeconds: number) => string;
  /** `Set-Cookie` lines that take away what a session is known by. */
  readonly clear: () => string[];
}

/**
 * The cookies of a site. Over https they are Secure and say so in their names, which a subdomain or an attacker on http
 * cannot set: `__Host-`, or `__Secure-` for those of the auth routes, since `__Host-` demands the path `/` (RFC 6265bis,
 * section 4.1.3).
 */
export function sessionCookies(siteOrigin: string): SessionCookies {
  const secure = new URL(siteOrigin).protocol === 'https:';
  const accessName = secure ? '__Host-sluice-access' : 'sluice-access';
  const refreshName = secure ? '__Secure-sluice-refresh' : 'sluice-refresh';
  const deviceName = secure ? '__Secure-sluice-device' : 'sluice-device';
  const flags = { httpOnly: true, sameSite: 'Strict', secure } as const;
  const access = (token: string, maxAge: number) => serialize(accessName, token, { ...flags, path: '/', maxAge });
  const refresh = (token: string, maxAge: number) =>
    serialize(refreshName, token, { ...flags, path: authPath, maxAge });
  const device = (token: string, maxAge: number) => serialize(deviceName, token, { ...flags, path: authPath, maxAge });
  return { accessName, refreshName, deviceName, access, refresh, device, clear: () => [access('', 0), refresh('', 0)] };
}

export const readCookies = (header: string | undefined): Readonly<Record<string, string>> => parse(header ?? '');
