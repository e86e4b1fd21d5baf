import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({
  AUDIT_TABLE: z.string(),
  /** Copies of what is kept about people, to be fetched. */
  UPLOADS_BUCKET: z.string(),
  /** Pictures of channels. */
  MEDIA_BUCKET: z.string(),
  EVENT_BUS_NAME: z.string(),
});

/** Where things about people are kept, all of it. */
export const personalEnv = z.object({
  USERS_TABLE: z.string(),
  AUDIT_TABLE: z.string(),
  COMMUNITY_TABLE: z.string(),
  VIDEOS_TABLE: z.string(),
  UPLOADS_TABLE: z.string(),
  QUOTAS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  PLAYLISTS_TABLE: z.string(),
  UPLOADS_BUCKET: z.string(),
  MEDIA_BUCKET: z.string(),
});

export const exportEnv = personalEnv;
export const erasureEnv = personalEnv.extend({ USER_POOL_ID: z.string() });
