import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({ VIDEOS_TABLE: z.string(), CONTENT_KEY_ARN: z.string() });
