import { Logger } from '@aws-lambda-powertools/logger';
import type { ProblemCode } from '../../domain/api/problems.ts';

/** The one log line of a request: what was asked, how it went. Never headers, cookies, bodies. */
export interface RequestRecord {
  readonly requestId: string;
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly ms: number;
  readonly videoId?: string;
  readonly problem?: ProblemCode;
  /** Why the request could not be counted, and was let through (lib/stacks/api.ts counts these). */
  readonly limitsUnknown?: string;
}

export type LogRequest = (record: RequestRecord, error?: Error) => void;

const logger = new Logger();

export const logRequest: LogRequest = (record, error) => {
  const fields = { ...record };
  if (error) logger.error('request', fields, { error });
  else logger.info('request', fields);
};
