/**
 * The Content-Security-Policy of the site. Media Source plays from `blob:`; the player works in workers made from blobs
 * too; Mantine sets its variables in style elements; parts of a file go straight to the uploads bucket.
 */
export const contentSecurityPolicy = (uploadsOrigin: string) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    `connect-src 'self' ${uploadsOrigin}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
