import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Cue } from '../domain/media/captions/cues.ts';
import { writeWebVtt } from '../domain/media/captions/webvtt.ts';
import { captionsKey } from '../domain/media/paths.ts';
import { putOnce } from './media.ts';

/** Cues as they are kept: what a track says of its file. */
export interface CaptionFile {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly cues: number;
}

/** Keeps cues of a video as WebVTT, under the digest of the file: the same cues are the same object, and never change. */
export async function putCaptionFile(
  s3: S3Client,
  bucket: string,
  videoId: string,
  cues: readonly Cue[],
  signal: AbortSignal,
): Promise<CaptionFile> {
  const body = Buffer.from(writeWebVtt(cues));
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const object = { key: captionsKey(videoId, digest), contentType: 'text/vtt; charset=utf-8', body };
  await putOnce(s3, bucket, object, signal);
  return { digest, sizeBytes: body.length, cues: cues.length };
}
