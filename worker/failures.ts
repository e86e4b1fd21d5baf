import { maxDetailLength, type Reason } from '../domain/video/reasons.ts';

/**
 * The job can never succeed and its reason is known: it is not tried again, and its stage ends with the reason at once.
 * Everything else that a handler throws is a fault, which may pass: the job is tried again, `maxTries` times in all.
 */
export class Rejection extends Error {
  readonly reason: Reason;
  /** What the program said that could not do it. */
  readonly stderr: string;
  constructor(reason: Reason, stderr = '') {
    super(`${reason.code}: ${reason.detail}`);
    this.name = 'Rejection';
    this.stderr = stderr;
    this.reason = { ...reason, detail: reason.detail.slice(0, maxDetailLength) };
  }
}

/** The lease went to another worker while this one was working: whatever it is doing is no longer wanted. */
export class LeaseLost extends Error {
  constructor() {
    super('the lease of the job was lost');
    this.name = 'LeaseLost';
  }
}

/** Nobody wants the job any more: its video was deleted, or its attempt overtaken, while it was being done. */
export class Unwanted extends Error {
  constructor() {
    super('nobody wants the job any more');
    this.name = 'Unwanted';
  }
}

/** The worker is stopping: unfinished jobs go back to their queues at once. */
export class Stopping extends Error {
  constructor() {
    super('the worker is stopping');
    this.name = 'Stopping';
  }
}

/** A fault as recorded with the job: what its video fails with if this was the last try. */
export const faultReason = (fault: unknown): Reason => ({
  code: 'encode-failed',
  detail: (fault instanceof Error ? fault.message : String(fault)).slice(0, maxDetailLength),
});
