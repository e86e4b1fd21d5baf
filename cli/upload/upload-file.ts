import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import { ApiError } from '../../client/client.ts';
import type { UploadId, VideoId } from '../../domain/ids.ts';
import type { ProcessingChoices, Visibility } from '../../domain/video/video.ts';
import { exitCodes, Failure } from '../failure.ts';
import type { Client } from '../session.ts';
import { type Peek, rejection, unlessRejected, verdictLine } from './peek.ts';
import { type TransferProgress, transferProgress } from './progress.ts';
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
  readonly processing: ProcessingChoices | undefined;
  /** The video whose file it is to be; undefined: a new one. */
  readonly replaces: VideoId | undefined;
  /** Told once, when bytes begin to move. */
  readonly onProgress: (progress: TransferProgress) => void;
}

export interface Uploaded {
  readonly uploadId: UploadId;
  readonly videoId: VideoId;
  readonly attempt: number;
  /** Milliseconds since the epoch: when the upload began, be it in an earlier run, and when its last byte was there. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** What its head and tail have shown while it was being sent; undefined if nothing, or nothing yet. */
  readonly verdict: Verdict | undefined;
}

export interface Verdict {
  readonly peek: Peek;
  /** When it was seen, milliseconds since the epoch. */
  readonly at: number;
}

const patiently = <T>(call: () => Promise<T>) =>
  pRetry(call, { ...patience, shouldRetry: ({ error }) => isPassing(error) });

/** The upload of this very file that was begun before and can go on, or that has arrived. */
async function earlier({ client, site, file, replaces }: UploadRequest) {
  const known = await recall(site, file);
  if (known === undefined) return undefined;
  try {
    const begun = await patiently(() => client.upload.getUpload({ params: { uploadId: known.uploadId } }));
    const isMeant = replaces === undefined ? !begun.replaces : begun.replaces && begun.videoId === replaces;
    if (isMeant && (begun.state === 'open' || begun.state === 'completed')) return known;
  } catch (error) {
    // Somebody else's, or gone: begin anew.
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
  await forget(site, file);
  return undefined;
}

async function begin({ client, site, file, title, visibility, processing, replaces }: UploadRequest) {
  const startedAt = Date.now();
  const idempotencyKey = randomUUID();
  const create = () =>
    client.upload.createUpload({
      idempotencyKey,
      body: {
        fileName: file.name,
        contentType: 'application/octet-stream',
        sizeBytes: file.sizeBytes,
        ...(title === undefined ? {} : { title }),
        ...(visibility === undefined ? {} : { visibility }),
        ...(processing === undefined ? {} : { processing }),
        ...(replaces === undefined ? {} : { replaces }),
      },
    });
  const { uploadId, videoId } = await patiently(create);
  await remember(site, file, { uploadId, videoId, startedAt });
  return { uploadId, videoId, startedAt };
}

/** The upload ends here; one whose file is of no use is given up on the server too. @throws Error why. */
async function ended({ client, site, file }: UploadRequest, uploadId: UploadId, why: unknown): Promise<never> {
  const failure =
    why instanceof ApiError && why.problem.code === 'file-rejected'
      ? rejection(String(why.problem['reason']), why.problem.detail)
      : why;
  if (failure instanceof Failure && failure.exitCode === exitCodes.videoFailed) {
    await forget(site, file);
    // Whoever does not hear of it ends it when it expires.
    await client.upload.abortUpload({ params: { uploadId } }).catch(() => undefined);
  }
  throw failure;
}

/**
 * Uploads the file, or what of it has not arrived yet. However the process ends in between, the next call goes on: the
 * server's list of parts says what is there, and each part's checksum whether it is this file's.
 * @throws Failure with the reason as soon as the file is seen to be of no use.
 */
export async function uploadFile(wanted: UploadRequest): Promise<Uploaded> {
  const { client, site, file } = wanted;
  const resumed = await earlier(wanted);
  const { uploadId, videoId, startedAt } = resumed ?? (await begin(wanted));
  const params = { uploadId };
  let verdict: Verdict | undefined;

  for (let round = 1; ; round += 1) {
    const upload = await patiently(() => client.upload.getUpload({ params }));
    const stored = new Map(upload.parts.map((part) => [part.number, part.checksum]));
    const progress = transferProgress('Uploading', file.sizeBytes);
    wanted.onProgress(progress);
    const sent = unlessRejected({
      client,
      file,
      uploadId,
      ranges: verdict ? null : upload.peek,
      isResumed: stored.size > 0,
      send: (signal) =>
        sendParts({ client, file, upload, stored, signal, onKept: progress.kept, onSent: progress.sent }),
      onVerdict: (peek) => {
        verdict = { peek, at: Date.now() };
        const line = verdictLine(peek);
        if (line !== undefined) progress.say(line);
      },
    });
    const checksums = await sent.finally(progress.stop).catch((error: unknown) => ended(wanted, uploadId, error));
    await assertUnchanged(file);
    const endedAt = Date.now();
    try {
      const { attempt } = await patiently(() => client.upload.completeUpload({ params, body: { checksums } }));
      await forget(site, file);
      return { uploadId, videoId, attempt, startedAt, endedAt, verdict };
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === 'file-rejected') return ended(wanted, uploadId, error);
      const again = error instanceof ApiError && Array.isArray(error.problem['parts']) && round < rounds;
      if (!again) throw error;
    }
  }
}
