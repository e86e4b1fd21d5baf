import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SluiceClient } from '../../client/client.ts';
import type { UploadId, VideoId } from '../../domain/ids.ts';
import { partCount, partLength } from '../../domain/upload/parts.ts';
import { isSettled } from '../../domain/video/life-cycle.ts';
import type { ProcessingChoices, VideoState } from '../../domain/video/video.ts';
import type { CreatorVideo } from '../../lambdas/content/routes.ts';
import type { Clip } from './clip.ts';
import { assertManifests } from './published.ts';
import { soon } from './soon.ts';

/** An upload under way: what a client must remember of it. */
export interface Upload {
  readonly uploadId: UploadId;
  readonly videoId: VideoId;
  /** The file, cut into the parts that the server asks for. */
  readonly parts: readonly Buffer[];
  /** Of each part, base64 SHA-256. */
  readonly checksums: readonly string[];
}

export interface BeginOptions {
  readonly fileName: string;
  readonly contentType?: string;
  /** What the client claims; by default the truth. */
  readonly sizeBytes?: number;
  /** The smallest parts that S3 takes are 5 MiB. */
  readonly partSizeBytes?: number;
  readonly processing?: ProcessingChoices;
  /** The video whose file it is to be. */
  readonly replaces?: VideoId;
}

export const checksumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');

export async function beginUpload(client: SluiceClient, bytes: Buffer, options: BeginOptions): Promise<Upload> {
  const session = await client.upload.createUpload({
    body: { contentType: 'video/mp4', sizeBytes: bytes.length, ...options },
  });
  const { uploadId, videoId, partSizeBytes } = session;
  const parts = Array.from({ length: partCount(bytes.length, partSizeBytes) }, (_, i) => {
    const from = i * partSizeBytes;
    return bytes.subarray(from, from + partLength(bytes.length, partSizeBytes, i + 1));
  });
  return { uploadId, videoId, parts, checksums: parts.map(checksumOf) };
}

/**
 * Sends part `number` (from 1) as browsers do, by the URL signed for its checksum. `sent` is what goes over the line
 * instead of the part itself. Answers the status that storage gave.
 */
export async function sendPart(
  client: SluiceClient,
  { uploadId, parts, checksums }: Upload,
  number: number,
  sent = parts[number - 1],
): Promise<number> {
  const checksum = checksums[number - 1] ?? '';
  const signed = await client.upload.signParts({ params: { uploadId }, body: { parts: [{ number, checksum }] } });
  const [part] = signed.parts;
  if (part === undefined || sent === undefined) throw new Error(`the file has no part ${number}`);
  return (await fetch(part.url, { method: 'PUT', headers: part.headers, body: new Uint8Array(sent) })).status;
}

export async function sendAllParts(client: SluiceClient, upload: Upload): Promise<void> {
  for (const number of upload.parts.keys()) {
    const status = await sendPart(client, upload, number + 1);
    if (status !== 200) throw new Error(`part ${number + 1} was answered ${status}`);
  }
}

export const complete = (client: SluiceClient, { uploadId, checksums }: Pick<Upload, 'uploadId' | 'checksums'>) =>
  client.upload.completeUpload({ params: { uploadId }, body: { checksums: [...checksums] } });

/** A whole upload; the video it made. */
export async function uploadWhole(client: SluiceClient, bytes: Buffer, options: BeginOptions): Promise<VideoId> {
  const upload = await beginUpload(client, bytes, options);
  await sendAllParts(client, upload);
  await complete(client, upload);
  return upload.videoId;
}

export const uploadClip = async (
  client: SluiceClient,
  { file }: Clip,
  options: Pick<BeginOptions, 'processing'> = {},
): Promise<VideoId> => uploadWhole(client, await readFile(file), { fileName: basename(file), ...options });

/** Waits until a video is in one of these states, or nothing more happens to it by itself. */
function awaited(client: SluiceClient, videoId: VideoId, states: readonly VideoState[]): Promise<CreatorVideo> {
  return soon(
    async () => {
      const now = await client.content.getVideo({ params: { videoId } });
      if (!states.includes(now.state) && !isSettled(now.state))
        throw new Error(`${videoId} is still ${now.state} (${now.progress})`);
      return now;
    },
    { seconds: 90 },
  );
}

/**
 * Waits until a video is in one of these states; one that is ready keeps the rules for manifests, whatever it is tested for.
 * @throws Error if it settles in another state, or breaks a rule.
 */
export async function videoIs(
  client: SluiceClient,
  videoId: VideoId,
  ...states: readonly VideoState[]
): Promise<CreatorVideo> {
  const video = await awaited(client, videoId, states);
  if (!states.includes(video.state)) throw new Error(`${videoId} is ${video.state}: ${JSON.stringify(video.reason)}`);
  if (video.state === 'ready') await assertManifests(videoId);
  return video;
}

/** Uploads a clip and waits until all of its title is made. */
export async function readyTitle(...upload: Parameters<typeof uploadClip>): Promise<VideoId> {
  const videoId = await uploadClip(...upload);
  await videoIs(upload[0], videoId, 'ready');
  return videoId;
}

/** Waits until nothing more happens to a video by itself. */
export const videoSettled = (client: SluiceClient, videoId: VideoId): Promise<CreatorVideo> =>
  awaited(client, videoId, []);
