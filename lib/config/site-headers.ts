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

/**
 * The same of answers that are no pages, of the API and of media. Should a browser be made to show one as a page, nothing in
 * it runs, loads, is framed or belongs to the site.
 */
export const dataSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** What a page of ours has to do with other windows, and with the devices of a viewer: nothing. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=()',
} as const;
