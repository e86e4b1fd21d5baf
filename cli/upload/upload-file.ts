import pRetry from 'p-retry';
import { ApiError } from '../../client/client.ts';
import type { UploadId, VideoId } from '../../domain/ids.ts';
import type { Visibility } from '../../domain/video/video.ts';
import type { Client } from '../session.ts';
import { type UploadProgress, uploadProgress } from './progress.ts';
import { forget, recall, remember } from './resume-file.ts';
import { isPassing, patience, sendParts } from './send.ts';
import { assertUnchanged, type SourceFile } from './source-file.ts';

/** How often parts that completion finds missing or damaged are sent again. */
const rounds = 3;

export interface UploadRequest {
  readonly client: Client;
  readonly site: string;
  readonly file: SourceFile;
  readonly title: string | undefined;
  readonly visibility: Visibility | undefined;
  /** Told once, when bytes begin to move. */
  readonly onProgress: (progress: UploadProgress) => void;
}

export interface Uploaded {
  readonly uploadId: UploadId;
  readonly videoId: VideoId;
  readonly attempt: number;
  /** Milliseconds since the epoch: when the upload began, be it in an earlier run, and when its last byte was there. */
  readonly startedAt: number;
  readonly endedAt: number;
}

const patiently = <T>(call: () => Promise<T>) =>
  pRetry(call, { ...patience, shouldRetry: ({ error }) => isPassing(error) });

/** The upload of this very file that was begun before and can go on, or that has arrived. */
async function earlier({ client, site, file }: UploadRequest) {
  const known = await recall(site, file);
  if (known === undefined) return undefined;
  try {
    const { state } = await patiently(() => client.upload.getUpload({ params: { uploadId: known.uploadId } }));
    if (state === 'open' || state === 'completed') return known;
  } catch (error) {
    // Somebody else's, or gone: begin anew.
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
  await forget(site, file);
  return undefined;
}

async function begin({ client, site, file, title, visibility }: UploadRequest) {
  const startedAt = Date.now();
  const { uploadId, videoId } = await client.upload.createUpload({
    body: {
      fileName: file.name,
      contentType: 'application/octet-stream',
      sizeBytes: file.sizeBytes,
      ...(title === undefined ? {} : { title }),
      ...(visibility === undefined ? {} : { visibility }),
    },
  });
  await remember(site, file, { uploadId, videoId, startedAt });
  return { uploadId, videoId, startedAt };
}

/**
 * Uploads the file, or what of it has not arrived yet. However the process ends in between, the next call goes on: the
 * server's list of parts says what is there, and each part's checksum whether it is this file's.
 */
export async function uploadFile(wanted: UploadRequest): Promise<Uploaded> {
  const { client, site, file } = wanted;
  const resumed = await earlier(wanted);
  const { uploadId, videoId, startedAt } = resumed ?? (await begin(wanted));
  const params = { uploadId };

  for (let round = 1; ; round += 1) {
    const upload = await patiently(() => client.upload.getUpload({ params }));
    const stored = new Map(upload.parts.map((part) => [part.number, part.checksum]));
    const progress = uploadProgress(file.sizeBytes);
    wanted.onProgress(progress);
    const checksums = await sendParts({
      client,
      file,
      upload,
      stored,
      onKept: progress.kept,
      onSent: progress.sent,
    }).finally(progress.stop);
    await assertUnchanged(file);
    const endedAt = Date.now();
    try {
      const { attempt } = await patiently(() => client.upload.completeUpload({ params, body: { checksums } }));
      await forget(site, file);
      return { uploadId, videoId, attempt, startedAt, endedAt };
    } catch (error) {
      const again = error instanceof ApiError && Array.isArray(error.problem['parts']) && round < rounds;
      if (!again) throw error;
    }
  }
}
