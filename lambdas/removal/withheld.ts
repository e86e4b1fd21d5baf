import { CopyObjectCommand, DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { attemptPrefix, mediaOfWithheld, withheldKey, withheldPrefix } from '../../domain/media/paths.ts';
import { attemptsKept } from '../../domain/video/old-attempts.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Parts } from './parts.ts';

/** Copies at a time. */
const atATime = 10;

const isManifest = (key: string) => /\.(m3u8|mpd)$/.test(key);
/** What players ask for first, and so is there last. */
const isEntry = (key: string) => /\/(master\.m3u8|manifest\.mpd)$/.test(key);

type Stores = Pick<Parts, 's3' | 'buckets'>;

async function keysUnder({ s3 }: Stores, Bucket: string, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  // Manifests lie right below their attempt: of its thousands of segments none is listed.
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix, Delimiter: '/' }))
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys.filter(isManifest);
}

const copy = ({ s3 }: Stores, from: { bucket: string; key: string }, to: { bucket: string; key: string }) =>
  s3.send(new CopyObjectCommand({ CopySource: `${from.bucket}/${from.key}`, Bucket: to.bucket, Key: to.key }));

/**
 * Moves the manifests of a deleted video to where nobody can ask for them, so that nobody who has kept an address begins to watch
 * it (docs/decisions/0029). The copies stay when they are given back: a call of each at the same time loses none.
 */
export async function withhold(stores: Stores, video: Video): Promise<void> {
  const { s3, buckets } = stores;
  for (const attempt of attemptsKept(video)) {
    const keys = await keysUnder(stores, buckets.media, `${attemptPrefix(video.videoId, attempt)}/`);
    await pMap(
      keys,
      (key) => copy(stores, { bucket: buckets.media, key }, { bucket: buckets.uploads, key: withheldKey(key) }),
      { concurrency: atATime },
    );
    if (keys.length === 0) continue;
    const Objects = keys.map((Key) => ({ Key }));
    const command = new DeleteObjectsCommand({ Bucket: buckets.media, Delete: { Objects, Quiet: true } });
    const { Errors = [] } = await s3.send(command);
    if (Errors.length > 0) throw new Error(`${Errors.length} manifests stay: ${Errors[0]?.Code}`);
  }
}

/** Puts them back in their places, as they were. */
export async function giveBack(stores: Stores, video: Video): Promise<void> {
  const { buckets } = stores;
  for (const attempt of attemptsKept(video)) {
    const keys = await keysUnder(stores, buckets.uploads, `${withheldPrefix(video.videoId)}/${attempt}/`);
    for (const those of [keys.filter((key) => !isEntry(key)), keys.filter(isEntry)]) {
      await pMap(
        those,
        (key) => copy(stores, { bucket: buckets.uploads, key }, { bucket: buckets.media, key: mediaOfWithheld(key) }),
        { concurrency: atATime },
      );
    }
  }
}
