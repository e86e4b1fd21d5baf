import type { UploadId, VideoId } from '../../../domain/ids.ts';
import type { PeekRanges } from '../../../domain/upload/peek.ts';
import type { Peek } from './peek.ts';

/** What is remembered of an upload session with its file. */
export interface UploadSession {
  readonly uploadId: UploadId;
  readonly videoId: VideoId;
  readonly sizeBytes: number;
  readonly partSizeBytes: number;
  readonly partCount: number;
  /** What is sent ahead of the parts, if anything. */
  readonly peek: PeekRanges | null;
}

/** One upload as the page shows it. */
export interface UploadView {
  readonly fileId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytesSent: number;
  readonly session: UploadSession | undefined;
  readonly partsStored: number;
  /** What its head and tail have shown. */
  readonly peek: Peek | undefined;
  /** `interrupted`: by a reload; the file is at hand and goes on at a click. `rejected`: it is of no use, and stays so. */
  readonly state: 'sending' | 'paused' | 'interrupted' | 'failed' | 'rejected';
  readonly error: string | undefined;
  readonly bytesPerSecond: number | undefined;
}
