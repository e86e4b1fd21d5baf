import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { JobRecord } from '../domain/jobs/records.ts';
import { tryLogKey } from '../domain/media/paths.ts';
import { Rejection } from './failures.ts';
import { ChildFailure } from './media/child.ts';

/** Keeps what the programs of a failed try said; the key of it. */
export type KeepLog = (job: Pick<JobRecord, 'message' | 'jobId' | 'tries'>, said: string) => Promise<string>;

/** The job is ended with or without its log. */
const timeoutMs = 10_000;

export const logKeeper =
  (s3: S3Client, Bucket: string): KeepLog =>
  async ({ message: { videoId, attempt }, jobId, tries }, said) => {
    const Key = tryLogKey(videoId, attempt, jobId, tries);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: said, ContentType: 'text/plain; charset=utf-8' }), {
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    return Key;
  };

/** What a program said that the try failed by; undefined if it did not fail by one. */
export function saidBy(fault: unknown): string | undefined {
  if (fault instanceof ChildFailure) return `${fault.message}\n\n${fault.stderr}`;
  if (fault instanceof Rejection && fault.stderr !== '') return `${fault.message}\n\n${fault.stderr}`;
  return undefined;
}
