import { type Restrictions, Uppy } from '@uppy/core';
import type { Locale } from '@uppy/core/utils';
import GoldenRetriever from '@uppy/golden-retriever';
import { ApiError } from '../../../client/client.ts';
import type { UploadId, VideoId } from '../../../domain/ids.ts';
import { maxSourceBytes } from '../../../domain/upload/parts.ts';
import { sourceContentType } from '../../../domain/upload/types.ts';
import { api } from '../../shared/api.ts';
import { askBeforeLeaving } from './leaving.ts';
import { FileRejected } from './peek.ts';
import { SessionUploader } from './session-uploader.ts';
import { DifferentFile } from './transfer.ts';
import { type TransferRate, transferRate } from './transfer-rate.ts';
import type { UploadBody, UploadFile, UploadMeta } from './upload-file.ts';
import type { UploadSession, UploadView } from './upload-view.ts';

const MiB = 1024 * 1024;
/** Files up to this size are kept in the browser, so that a reload goes on without asking for them again. */
const keptBytes: { name?: string; maxFileSize: number; maxTotalSize: number } = {
  maxFileSize: 256 * MiB,
  maxTotalSize: 1024 * MiB,
};

const restrictions: Partial<Restrictions> = { minFileSize: 1, maxFileSize: maxSourceBytes };

const locale: Locale = {
  strings: {
    noDuplicates: 'This file is being uploaded already.',
    inferiorSize: 'This file is empty. Export it again and upload the new file.',
    exceedsSize: 'This file is too large: 5 TB is the limit.',
  },
  pluralize: (count) => (count === 1 ? 0 : 1),
};

export interface Uploads {
  readonly subscribe: (changed: () => void) => () => void;
  readonly snapshot: () => readonly UploadView[];
  /** Calls back whenever a file has arrived. */
  readonly onArrived: (callback: () => void) => () => void;
  /** Calls back with a sentence when a file turns out not to be the one that its upload began with. */
  readonly onRefused: (callback: (sentence: string) => void) => () => void;
  /** Begins an upload; with `session` it goes on with one that was begun before. @throws Error with a sentence. */
  readonly add: (file: File, session?: UploadSession) => void;
  /** Begins the upload of another file for a video. @throws Error with a sentence. */
  readonly replace: (file: File, videoId: VideoId) => void;
  readonly pauseOrResume: (fileId: string) => void;
  /** Goes on after a reload or a failure. */
  readonly goOn: (fileId: string) => void;
  readonly cancel: (view: Pick<UploadView, 'fileId' | 'session'>) => Promise<void>;
}

/** The uploads of this tab, as one person: `owner` keeps apart what two people on one computer have begun. */
function openUploads(owner: string): Uploads {
  const rates = new Map<string, TransferRate>();
  const listeners = new Set<() => void>();
  const refused = new Set<(sentence: string) => void>();
  let views: readonly UploadView[] = [];

  const uppy = new Uppy<UploadMeta, UploadBody>({ id: `sluice-${owner}`, autoProceed: true, restrictions, locale })
    .use(SessionUploader, { uploads: api.upload })
    .use(GoldenRetriever, { indexedDB: keptBytes });

  uppy.on('state-update', () => {
    const { files, currentUploads } = uppy.getState();
    const underWay = new Set(Object.values(currentUploads).flatMap(({ fileIDs }) => fileIDs));
    views = (Object.values(files) as UploadFile[]).map((file) =>
      viewOf(file, underWay.has(file.id), rates.get(file.id)?.bytesPerSecond(Date.now())),
    );
    askBeforeLeaving(views.some(({ state }) => state === 'sending'));
    for (const listener of listeners) listener();
  });
  uppy.on('upload-progress', (file, { bytesUploaded }) => {
    if (file) rates.get(file.id)?.add(Date.now(), bytesUploaded);
  });
  uppy.on('upload-success', (file) => file && uppy.removeFile(file.id));
  uppy.on('upload-error', (file, error) => {
    if (!file) return;
    if (isCausedBy(error, FileRejected)) {
      uppy.setFileMeta(file.id, { isRejected: true });
      // Whoever cannot be told now ends it when it expires.
      if (file.meta.session) void abandon(file.meta.session.uploadId).catch(() => undefined);
    }
    if (!isCausedBy(error, DifferentFile)) return;
    // The upload goes back to those that wait for their file.
    uppy.removeFile(file.id);
    for (const callback of refused) callback(error.message);
  });
  uppy.on('restored', () => {
    // A file that is not at hand is no upload of this tab; what the service has of it is listed by the service.
    const gone = uppy.getFiles().filter((file) => file.isGhost || file.progress.uploadComplete);
    uppy.removeFiles(gone.map(({ id }) => id));
    // Each file goes on by itself, not as the batch that it was added with.
    uppy.setState({ recoveredState: null, currentUploads: {} });
  });

  const begin = (file: File, meta: UploadMeta) => {
    const fileId = uppy.addFile({ name: file.name, type: file.type, data: file, meta });
    rates.set(fileId, transferRate());
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => views,
    onArrived(callback) {
      uppy.on('upload-success', callback);
      return () => uppy.off('upload-success', callback);
    },
    onRefused(callback) {
      refused.add(callback);
      return () => refused.delete(callback);
    },
    add(file, session) {
      assertVideo(file);
      if (session && file.size !== session.sizeBytes) {
        throw new Error(`“${file.name}” is not the file that this upload began with: its size is different.`);
      }
      begin(file, session ? { session } : {});
    },
    replace(file, videoId) {
      assertVideo(file);
      begin(file, { replaces: videoId });
    },
    pauseOrResume(fileId) {
      rates.set(fileId, transferRate());
      uppy.pauseResume(fileId);
    },
    goOn(fileId) {
      rates.set(fileId, transferRate());
      void uppy.retryUpload(fileId);
    },
    async cancel({ fileId, session }) {
      uppy.removeFile(fileId);
      if (session) await abandon(session.uploadId);
    },
  };
}

function assertVideo(file: File): void {
  if (sourceContentType(file.type, file.name) !== undefined) return;
  throw new Error(
    `“${file.name}” is not a video file that can be used. Upload an MP4, MOV, MKV, WebM, AVI or MPEG-TS file.`,
  );
}

/** Uppy's type of an error is a name and a message; ours carry their cause. */
const isCausedBy = (error: object, kind: new () => Error) => 'cause' in error && error.cause instanceof kind;

function viewOf(file: UploadFile, underWay: boolean, bytesPerSecond: number | undefined): UploadView {
  const state = file.meta.isRejected
    ? 'rejected'
    : file.error
      ? 'failed'
      : !underWay && file.isRestored
        ? 'interrupted'
        : file.isPaused
          ? 'paused'
          : 'sending';
  const { session, partsStored = 0, peek } = file.meta;
  // What was on its way when it stopped has not arrived.
  const arrived = session ? Math.min(session.sizeBytes, partsStored * session.partSizeBytes) : 0;
  return {
    fileId: file.id,
    name: file.name,
    sizeBytes: file.size ?? 0,
    bytesSent: state === 'sending' ? file.progress.bytesUploaded || 0 : arrived,
    session,
    partsStored,
    peek,
    state,
    error: file.error ?? undefined,
    bytesPerSecond: state === 'sending' ? bytesPerSecond : undefined,
  };
}

/** Gives an upload up on the service's side. One that is over already is given up too. */
export async function abandon(uploadId: UploadId): Promise<void> {
  try {
    await api.upload.abortUpload({ params: { uploadId } });
  } catch (error) {
    const over =
      error instanceof ApiError &&
      (error.problem.code === 'upload-closed' || error.problem.code === 'upload-not-found');
    if (!over) throw error;
  }
}

let current: { owner: string; uploads: Uploads } | undefined;

/** The uploads of `owner`; they go on while other pages are shown. */
export function uploadsOf(owner: string): Uploads {
  if (current?.owner !== owner) current = { owner, uploads: openUploads(owner) };
  return current.uploads;
}
