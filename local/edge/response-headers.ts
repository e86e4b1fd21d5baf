import { contentSecurityPolicy, dataSecurityPolicy, isolation } from '../../lib/config/site-headers.ts';
import type { Headers } from './headers.ts';

/** What a site adds to the answers of its parts. */
export interface ResponseHeaders {
  readonly site: Headers;
  readonly api: Headers;
  readonly media: Headers;
}

const everywhere: Headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

const ofData: Headers = { ...everywhere, 'content-security-policy': dataSecurityPolicy };

/** The distribution's response headers policies (lib/stacks/delivery/headers.ts), but for HSTS: this site is http. */
export const responseHeaders = (uploadsOrigin: string): ResponseHeaders => ({
  site: {
    ...everywhere,
    'x-frame-options': 'DENY',
    'content-security-policy': contentSecurityPolicy(uploadsOrigin),
    ...Object.fromEntries(Object.entries(isolation).map(([name, value]) => [name.toLowerCase(), value])),
  },
  api: ofData,
  media: ofData,
});
