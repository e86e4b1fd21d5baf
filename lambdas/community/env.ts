import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

const tables = { COMMUNITY_TABLE: z.string(), CATALOGUE_TABLE: z.string() };

export const env = httpEnv.extend({ ...tables, VIDEOS_TABLE: z.string() });

/** The functions that keep the views: of videos, of people, of what is counted. */
export const viewsEnv = z.object(tables);

/** What makes the views anew from the records. */
export const rebuildEnv = z.object({ ...tables, VIDEOS_TABLE: z.string(), USERS_TABLE: z.string() });
