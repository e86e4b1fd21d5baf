import type { LocalUppyFile } from '@uppy/core/utils';
import type { UploadId, VideoId } from '../../../domain/ids.ts';

/** What is remembered of an upload session with its file. */
export interface UploadSession {
  readonly uploadId: UploadId;
  readonly videoId: VideoId;
  readonly sizeBytes: number;
  readonly partSizeBytes: number;
  readonly partCount: number;
}

/** What Uppy keeps beside each file, and Golden Retriever over a reload. Types, not interfaces: Uppy wants an index signature. */
export type UploadMeta = {
  session?: UploadSession;
  partsStored?: number;
};

export type UploadBody = { videoId: VideoId };

export type UploadFile = LocalUppyFile<UploadMeta, UploadBody>;
