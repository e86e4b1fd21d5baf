import type { LocalUppyFile } from '@uppy/core/utils';
import type { VideoId } from '../../../domain/ids.ts';
import type { Peek } from './peek.ts';
import type { UploadSession } from './upload-view.ts';

/** What Uppy keeps beside each file, and Golden Retriever over a reload. Types, not interfaces: Uppy wants an index signature. */
export type UploadMeta = {
  /** By which a beginning that is tried again is known. */
  beginKey?: string | undefined;
  session?: UploadSession;
  partsStored?: number;
  peek?: Peek;
  isRejected?: boolean;
  /** The video whose file it is to be; absent: a new one. */
  replaces?: VideoId;
};

export type UploadBody = { videoId: VideoId };

export type UploadFile = LocalUppyFile<UploadMeta, UploadBody>;
