import { createHash } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import { plainJpeg } from '../../domain/media/jpeg.ts';
import { pictureProblems } from '../../domain/media/picture.ts';
import { channelPicture, channelPictureKey } from '../../domain/people/channel.ts';
import { removeObjects } from '../../platform/object-removal.ts';
import type { ChannelRecord } from '../../platform/records/channels.ts';
import type { ChannelService } from './channels.ts';
import type { routes } from './routes.ts';

type Answer = Promise<AnswerOf<(typeof routes)['putMyPicture']> | Problem>;

/** Pictures of channels as they are stored. */
export interface PictureStore {
  readonly put: (userId: UserId, digest: string, jpeg: Uint8Array) => Promise<void>;
  readonly remove: (userId: UserId, digest: string) => Promise<void>;
}

/** An hour: of somebody who leaves, caches keep the picture no longer than that. */
const caching = 'public, max-age=3600';
/** A picture has a version or two. */
const removalMs = 10_000;

export const pictureStore = (s3: S3Client, Bucket: string): PictureStore => ({
  async put(userId, digest, jpeg) {
    const Key = channelPictureKey(userId, digest);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: jpeg, ContentType: 'image/jpeg', CacheControl: caching }));
  },
  async remove(userId, digest) {
    // In every version: a face that was taken back is not kept for a month.
    const until = Date.now() + removalMs;
    await removeObjects(s3, { bucket: Bucket, prefix: channelPictureKey(userId, digest), until });
  },
});

/** The picture of a person's own channel. What is stored is what a picture needs of the file, under the digest of that. */
export function pictureService(channels: Pick<ChannelService, 'edit' | 'mine'>, pictures: PictureStore) {
  /** Points the channel at another picture; the one before goes only when nothing points at it. */
  async function point(userId: UserId, picture: string | undefined, now: number): Answer {
    const pointed = ({ picture: _, ...rest }: ChannelRecord): ChannelRecord =>
      picture === undefined ? rest : { ...rest, picture };
    const edited = await channels.edit(userId, pointed, undefined, now);
    if (isProblem(edited)) return edited;
    const { before, after } = edited;
    if (before.picture !== undefined && before.picture !== picture) await pictures.remove(userId, before.picture);
    return channels.mine(after, now);
  }

  return {
    async put(userId: UserId, base64: string, now: number): Answer {
      const plain = plainJpeg(Buffer.from(base64, 'base64'), channelPicture);
      if (typeof plain === 'string') {
        const sentence =
          plain === 'not-a-picture' ? 'This is not a square JPEG of 64 to 1024 pixels.' : pictureProblems[plain];
        return problem('picture-invalid', sentence);
      }
      const digest = createHash('sha256').update(plain.bytes).digest('hex');
      await pictures.put(userId, digest, plain.bytes);
      return point(userId, digest, now);
    },
    remove: (userId: UserId, now: number): Answer => point(userId, undefined, now),
  };
}
