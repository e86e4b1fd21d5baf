import type { MissingExtra } from '../../domain/jobs/extras.ts';
import { maxTries, type RunInput } from '../../domain/jobs/jobs.ts';
import { JobResult, resultWithout } from '../../domain/jobs/results.ts';

/** Changes of the records of jobs and stages, each with what must be so for it to be made. */

/** A worker's hold on a job. */
export interface Lease {
  readonly run: RunInput;
  readonly jobId: string;
  readonly workerId: string;
}

/** A change of a job that is asked for by the worker that runs it. */
export const byHolder = (
  lease: Lease,
  UpdateExpression: string,
  names: Record<string, string>,
  values: Record<string, unknown>,
) => ({
  UpdateExpression,
  ConditionExpression: '#state = :running AND workerId = :me',
  ExpressionAttributeNames: { '#state': 'state', ...names },
  ExpressionAttributeValues: { ':running': 'running', ':me': lease.workerId, ...values },
});

export const asDone = (lease: Lease, result: JobResult) =>
  byHolder(
    lease,
    'SET #state = :done, #result = :result REMOVE leaseExpiresAt',
    { '#result': 'result' },
    { ':done': 'done', ':result': JobResult.parse(result) },
  );

/** The same, whoever asks, of a job that nobody may try any more. */
export const asGivenUp = (lease: Lease, missing: MissingExtra, now: number) => {
  const { ExpressionAttributeValues, ConditionExpression, ...change } = asDone(lease, resultWithout(missing));
  return {
    ...change,
    ConditionExpression: `(${ConditionExpression}) OR (tries >= :max AND (#state = :queued OR (#state = :running AND leaseExpiresAt <= :now)))`,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ':queued': 'queued', ':max': maxTries, ':now': now },
  };
};

/** Done, and yet to be tried like a job that never was. */
export const asNew = {
  UpdateExpression: 'SET #state = :queued, tries = :none REMOVE #result',
  ConditionExpression: '#state = :done',
  ExpressionAttributeNames: { '#state': 'state', '#result': 'result' },
  ExpressionAttributeValues: { ':queued': 'queued', ':done': 'done', ':none': 0 },
};

/** Of a stage that a job is done of. */
export const oneLess = (now: number) => ({
  UpdateExpression: 'SET remaining = remaining - :one, activeAt = :now',
  ConditionExpression: 'remaining > :zero',
  ExpressionAttributeValues: { ':one': 1, ':zero': 0, ':now': now },
});

/** Of a stage that a job of it is to be tried again. */
export const oneMore = {
  UpdateExpression: 'SET remaining = remaining + :one',
  ExpressionAttributeValues: { ':one': 1 },
};
