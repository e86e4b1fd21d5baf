import * as z from 'zod';
import { Reason } from '../video/reasons.ts';
import type { Job } from './jobs.ts';

/**
 * What a title has beside its picture and sound: it is playable, and ready, without. What fails in the making of an extra fails
 * nothing else; it is told, and made with the next attempt.
 */
export const Extra = z.enum(['poster', 'storyboard', 'captions']);
export type Extra = z.infer<typeof Extra>;

/** An extra that was not made: why, and the key, in the uploads bucket, of what its program said. */
export const MissingExtra = z.object({ extra: Extra, reason: Reason, log: z.string().optional() });
export type MissingExtra = z.infer<typeof MissingExtra>;

/** The extra that a job makes and nothing else; undefined for a job that a title needs. */
export const extraOf = ({ kind }: Pick<Job, 'kind'>): Extra | undefined =>
  kind === 'poster' || kind === 'captions' ? kind : undefined;
