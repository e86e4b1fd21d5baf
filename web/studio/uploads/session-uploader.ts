import { BasePlugin, EventManager, type PluginOpts, type Uppy } from '@uppy/core';
import { filterFilesToEmitUploadStarted, filterFilesToUpload, TaskQueue } from '@uppy/core/utils';
import type { api } from '../../shared/api.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { sha256 } from './checksum.ts';
import { pauseBeforeLook, pauseBeforeRetry } from './pause-before-retry.ts';
import { afterPeek, type Peeking } from './peek.ts';
import { putPart } from './put-part.ts';
import { retrying } from './retrying.ts';
import { transfer } from './transfer.ts';
import type { UploadBody, UploadFile, UploadMeta } from './upload-file.ts';
import type { UploadSession } from './upload-view.ts';

interface Options extends PluginOpts {
  readonly uploads: typeof api.upload;
}

/** Parts under way at a time, over all files. */
const connections = 4;

/**
 * Uppy's uploader for our upload sessions. Uppy's own S3 uploader speaks S3's XML protocol to presigned URLs and sends
 * the parts of a file one after the other; our API binds each part's URL to its checksum, and parts travel in parallel.
 */
export class SessionUploader extends BasePlugin<Options, UploadMeta, UploadBody> {
  #connections = new TaskQueue({ concurrency: connections });

  constructor(uppy: Uppy<UploadMeta, UploadBody>, options: Options) {
    super(uppy, options);
    this.type = 'uploader';
    this.id = 'SessionUploader';
  }

  override install() {
    // Without this Uppy has no pause.
    const { capabilities } = this.uppy.getState();
    this.uppy.setState({ capabilities: { ...capabilities, resumableUploads: true } });
    this.uppy.addUploader(this.#uploadFiles);
  }

  override uninstall() {
    this.uppy.removeUploader(this.#uploadFiles);
  }

  #uploadFiles = async (fileIds: string[]) => {
    const files = filterFilesToUpload(this.uppy.getFilesByIds(fileIds));
    this.uppy.emit('upload-start', filterFilesToEmitUploadStarted(files));
    await Promise.all(files.map((file) => this.#uploadFile(file.id)));
  };

  /** Settles when the file has arrived, has failed or was removed; a pause only interrupts. */
  #uploadFile(fileId: string): Promise<void> {
    return new Promise((resolve) => {
      const events = new EventManager(this.uppy);
      let controller = new AbortController();
      const settle = (tell?: () => void) => {
        events.remove();
        tell?.();
        resolve();
      };
      const run = async () => {
        controller = new AbortController();
        const { signal } = controller;
        try {
          const session = await this.#send(fileId, signal);
          settle(() =>
            this.uppy.emit('upload-success', this.uppy.getFile(fileId), {
              status: 200,
              body: { videoId: session.videoId },
            }),
          );
        } catch (error) {
          if (signal.aborted) return;
          settle(() =>
            this.uppy.emit(
              'upload-error',
              this.uppy.getFile(fileId),
              new Error(problemSentence(error), { cause: error }),
            ),
          );
        }
      };
      events.onFilePause(fileId, (paused) => {
        if (paused) controller.abort();
        else void run();
      });
      events.onFileRemove(fileId, () => {
        controller.abort();
        settle();
      });
      void run();
    });
  }

  async #send(fileId: string, signal: AbortSignal): Promise<UploadSession> {
    const { uploads } = this.opts;
    const known = this.uppy.getFile(fileId).meta.session;
    const before = known && (await uploads.getUpload({ params: { uploadId: known.uploadId } }));
    if (known && before?.state === 'completed') return known;
    // One that has expired meanwhile is begun anew: the person wants the file there, not that session.
    const session = known && before?.state === 'open' ? known : await this.#begin(fileId, signal);
    signal.throwIfAborted();
    return onlyTab(session.uploadId, async () => {
      const params = { uploadId: session.uploadId };
      const file = this.#file(fileId);
      if (file === undefined || !file.data) throw new Error('The file is no longer at hand. Pick it again.');
      const data = file.data;
      const already = session === known && before ? before.parts : [];
      const peeking: Peeking = {
        file: data,
        // A session that an older page began knows of no peek.
        ranges: session.peek ?? null,
        isResumed: already.length > 0,
        signal,
        get: () => uploads.getPeek({ params, signal }),
        checksum: sha256,
        sign: (body) => uploads.signPeek({ params, body, signal }),
        put: putPart,
        begin: (body) => uploads.beginPeek({ params, body, signal }),
        pause: pauseBeforeLook,
        onSeen: (peek) => this.#file(fileId) && this.uppy.setFileMeta(fileId, { peek }),
      };
      await afterPeek(peeking, (signal) =>
        transfer({
          file: data,
          cut: session,
          already,
          signal,
          checksum: sha256,
          sign: async (number, checksum) => {
            const { parts } = await uploads.signParts({ params, body: { parts: [{ number, checksum }] } });
            const part = parts[0];
            if (part === undefined) throw new Error('The service gave no address to send the part to. Try again.');
            return part;
          },
          put: putPart,
          complete: async (checksums) => void (await uploads.completeUpload({ params, body: { checksums } })),
          whenFree: (task) => this.#connections.add(task),
          pause: pauseBeforeRetry,
          onProgress: (bytesSent, partsStored) => this.#progress(fileId, bytesSent, partsStored),
        }),
      );
      return session;
    });
  }

  /** Opens a session and notes it with the file, where Golden Retriever keeps it over a reload. */
  async #begin(fileId: string, signal: AbortSignal): Promise<UploadSession> {
    const { uploads } = this.opts;
    const file = this.#file(fileId);
    if (file === undefined || file.size === null) throw new Error('The size of the file is not known. Pick it again.');
    const { replaces } = file.meta;
    const idempotencyKey = file.meta.beginKey ?? crypto.randomUUID();
    this.uppy.setFileMeta(fileId, { beginKey: idempotencyKey });
    const body = {
      fileName: file.name,
      contentType: file.data?.type ?? '',
      sizeBytes: file.size,
      ...(replaces && { replaces }),
    };
    const begin = () => uploads.createUpload({ idempotencyKey, body });
    const { uploadId, videoId, sizeBytes, partSizeBytes, partCount, peek } = await retrying(
      begin,
      signal,
      pauseBeforeRetry,
    );
    const session = { uploadId, videoId, sizeBytes, partSizeBytes, partCount, peek };
    // Cancelled while the session was being made: nobody will send it anything.
    if (this.#file(fileId) === undefined) await uploads.abortUpload({ params: { uploadId } });
    else this.uppy.setFileMeta(fileId, { session, partsStored: 0, beginKey: undefined });
    return session;
  }

  #progress(fileId: string, bytesSent: number, partsStored: number) {
    const file = this.#file(fileId);
    if (file === undefined) return;
    if (file.meta.partsStored !== partsStored) this.uppy.setFileMeta(fileId, { partsStored });
    this.uppy.emit('upload-progress', file, {
      uploadStarted: file.progress.uploadStarted ?? Date.now(),
      bytesUploaded: bytesSent,
      bytesTotal: file.size,
    });
  }

  /** The file, unless it was removed meanwhile (Uppy's type leaves that out). */
  #file(fileId: string): UploadFile | undefined {
    return this.uppy.getState().files[fileId] as UploadFile | undefined;
  }
}

/** Two tabs know of the same upload; only one sends it. */
async function onlyTab<T>(uploadId: string, task: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`sluice-upload-${uploadId}`, { ifAvailable: true }, (lock) => {
    if (lock === null) throw new Error('Another tab is sending this file already.');
    return task();
  });
}
