import { coefficients } from './coefficients.ts';

/** What the record of an unsettled video says about work to come. */
export interface OpenWork {
  readonly attempt: number;
  /** Processor seconds of the encode stage, and of which attempt. */
  readonly encodeWork?: { readonly attempt: number; readonly cpuSeconds: number } | undefined;
  /** The share of it that is done, 0 to 1. */
  readonly progress?: number | undefined;
}

/**
 * Processor seconds of all that waits and runs: what is left of open encode stages, and the jobs on the express queue, of
 * which only the number is known. A message count would take a clip of ten seconds and a film for the same.
 */
export const backlogSeconds = (open: readonly OpenWork[], expressJobs: number): number =>
  open.reduce((sum, video) => sum + left(video), expressJobs * coefficients.expressJobSeconds);

/** Work of an attempt that another has overtaken is nobody's any more. */
const left = ({ attempt, encodeWork, progress = 0 }: OpenWork) =>
  encodeWork?.attempt === attempt ? encodeWork.cpuSeconds * (1 - progress) : 0;

/** Where the backlog is published, beside the dimension `environment`: infrastructure scales by what the function writes. */
export const backlogMetric = { namespace: 'Sluice', service: 'processing', name: 'BacklogCpuSeconds' } as const;
