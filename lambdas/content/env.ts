import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({ VIDEOS_TABLE: z.string(), MEDIA_BUCKET: z.string(), EVENT_BUS_NAME: z.string() });
