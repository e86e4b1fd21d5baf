import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { SluiceClient } from '../../client/client.ts';
import type { VideoId } from '../../domain/ids.ts';
import { dashManifestKey, hlsMasterKey } from '../../domain/media/paths.ts';
import { ffmpeg } from './binaries.ts';
import { jobs, s3, videos } from './books.ts';
import { localCloud } from './local-cloud.ts';
import { manifestFaults, type Stream } from './stream-check.ts';

/** A video that can be watched, as its player gets it: over the site. */
export interface PublishedTitle {
  readonly stream: Stream;
  readonly durationSeconds: number;
  /** Absent until it has been made. */
  readonly poster: Buffer | undefined;
  readonly rungs: readonly { readonly name: string; readonly width: number; readonly height: number }[];
}

/** One object of the site. @throws Error unless it is answered with 200. */
async function fromSite(path: string): Promise<Buffer> {
  const answer = await fetch(localCloud().site + path);
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

export async function publishedTitle(client: SluiceClient, videoId: VideoId): Promise<PublishedTitle> {
  const { hls, dash, poster, durationSeconds, rungs } = await client.streaming.playback({ params: { videoId } });
  if (hls === null || dash === null || durationSeconds === null) throw new Error(`${videoId} has nothing to watch`);
  return {
    stream: { read: fromSite, hls, dash },
    durationSeconds,
    poster: poster === null ? undefined : await fromSite(poster),
    rungs,
  };
}

/**
 * Holds a title that is ready to the rules for manifests, as the bucket has it: so nothing is made, kept or evened out on the
 * way. What MediaConvert's stand-in lists is none of ours. @throws Error for all that is wrong.
 */
export async function assertManifests(videoId: VideoId): Promise<void> {
  const { attempt = 0 } = (await videos().get(videoId)) ?? {};
  const plan = await jobs().getPlan({ videoId, attempt });
  if (plan === undefined || plan.engine === 'mediaconvert') return;
  const [store, Bucket] = [s3(), localCloud().outputs.MediaBucketName];
  const read = async (path: string) => {
    const { Body } = await store.send(new GetObjectCommand({ Bucket, Key: path.slice(1) }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };
  const [hls, dash] = [`/${hlsMasterKey(videoId, attempt)}`, `/${dashManifestKey(videoId, attempt)}`];
  const faults = await manifestFaults({ read, hls, dash }, plan);
  if (faults.length > 0) throw new Error(`${videoId}: ${faults.join('; ')}`);
}

export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  /** Mean brightness and its spread, 0 to 255. */
  readonly brightness: number;
  readonly contrast: number;
}

/** What can be seen in a picture file. @throws Error if it cannot be decoded. */
export async function pictureFacts(file: string): Promise<PictureFacts> {
  const { stdout: pgm } = await ffmpeg([
    '-i',
    file,
    '-frames:v',
    '1',
    '-pix_fmt',
    'gray',
    '-c:v',
    'pgm',
    '-f',
    'image2pipe',
    'pipe:1',
  ]);
  const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 32).toString('latin1')) ?? [];
  if (head === undefined) throw new Error(`${file} is no picture`);
  const gray = pgm.subarray(head.length);
  const brightness = gray.reduce((sum, value) => sum + value, 0) / gray.length;
  const contrast = Math.sqrt(gray.reduce((sum, value) => sum + (value - brightness) ** 2, 0) / gray.length);
  return { width: Number(width), height: Number(height), brightness, contrast };
}
