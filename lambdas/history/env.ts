import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({ HISTORY_TABLE: z.string(), EVENT_BUS_NAME: z.string() });

export const clearEnv = z.object({ HISTORY_TABLE: z.string() });
