import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({ PLAYLISTS_TABLE: z.string(), EVENT_BUS_NAME: z.string() });

export const cleanEnv = z.object({ PLAYLISTS_TABLE: z.string() });
