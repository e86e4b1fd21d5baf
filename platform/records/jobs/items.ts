import type { StageName } from '../../../domain/jobs/jobs.ts';

/** The items of a run: its plan, its stages, its jobs. */
export const planItem = 'plan';
export const stageItem = (name: StageName) => `stage#${name}`;
export const jobItem = (id: string) => `job#${id}`;
