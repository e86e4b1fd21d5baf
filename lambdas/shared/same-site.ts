/** What a cross-site request forgery check looks at. */
export interface WriteRequest {
  readonly method: string;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  readonly hasBearer: boolean;
  readonly hasSessionCookie: boolean;
}

/**
 * Whether a write may be taken as meant by its sender. Cookies travel by themselves, so what comes with one must come
 * from the site's own pages: by `Origin`, or, where a browser leaves that out, by `Sec-Fetch-Site`. A bearer token does
 * not travel by itself. A browser of another site is refused even without a cookie: it could sign its visitor in as
 * somebody else. Programs send neither header.
 */
export function comesFromSite(request: WriteRequest, siteOrigin: string): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || request.hasBearer) return true;
  if (request.origin !== undefined) return request.origin === siteOrigin;
  if (request.secFetchSite !== undefined) return request.secFetchSite === 'same-origin';
  return !request.hasSessionCookie;
}
