import type { UploadId, VideoId } from '../../../domain/ids.ts';

/** What is remembered of an upload session with its file. */
export interface UploadSession {
  readonly uploadId: UploadId;
  readonly videoId: VideoId;
  readonly sizeBytes: number;
  readonly partSizeBytes: number;
  readonly partCount: number;
}

/** One upload as the page shows it. */
export interface UploadView {
  readonly fileId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytesSent: number;
  readonly session: UploadSession | undefined;
  readonly partsStored: number;
  /** `interrupted`: by a reload; the file is at hand and goes on at a click. */
  readonly state: 'sending' | 'paused' | 'interrupted' | 'failed';
  readonly error: string | undefined;
  readonly bytesPerSecond: number | undefined;
}
