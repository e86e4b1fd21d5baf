import * as z from 'zod';

/** What every service that answers HTTP needs: the configuration of what stands between a request and its handler. */
export const httpEnv = z.object({
  USERS_TABLE: z.string(),
  /** Key `key`; time to live in `expiresAtSeconds`: what callers have asked lately, and answers that can be had again. */
  LIMITS_TABLE: z.string(),
  /** The secret that the distribution sends along; current and previous values are accepted. */
  ORIGIN_SECRET_ARN: z.string(),
  /** The site, e.g. https://video.example.com: cookies are made for it and writes must come from it. */
  SITE_ORIGIN: z.url(),
});
export type HttpEnv = z.infer<typeof httpEnv>;
