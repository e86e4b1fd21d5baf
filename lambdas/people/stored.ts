import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { channelPictureKey } from '../../domain/people/channel.ts';
import { exportKey } from '../../domain/people/export.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { removeObjects } from '../../platform/object-removal.ts';
import type { SignCopy } from './exports.ts';
import type { PictureStore } from './pictures.ts';

/** An hour: of somebody who leaves, caches keep the picture no longer than that. */
const caching = 'public, max-age=3600';
/** A picture has a version or two. */
const removalMs = 10_000;
/** A link is for the one click after it; who comes later gets another. */
const linkSeconds = 300;

/** What the service keeps in S3, or signs for: few of its calls do, and S3's client is its largest. */
export function stored({ uploads, media }: { readonly uploads: string; readonly media: string }) {
  const s3 = s3Client();
  const putPicture: PictureStore['put'] = async (userId, digest, jpeg) => {
    const Key = channelPictureKey(userId, digest);
    await s3.send(
      new PutObjectCommand({ Bucket: media, Key, Body: jpeg, ContentType: 'image/jpeg', CacheControl: caching }),
    );
  };
  const removePicture: PictureStore['remove'] = async (userId, digest) => {
    // In every version: a face that was taken back is not kept for a month.
    const until = Date.now() + removalMs;
    await removeObjects(s3, { bucket: media, prefix: channelPictureKey(userId, digest), until });
  };
  const signCopy: SignCopy = (userId, exportId) =>
    getSignedUrl(s3, new GetObjectCommand({ Bucket: uploads, Key: exportKey(userId, exportId) }), {
      expiresIn: linkSeconds,
    });
  return { putPicture, removePicture, signCopy };
}
