import { ulid } from 'ulid';
import type { PictureId, UploadId, VideoId } from '../domain/ids.ts';

export const newVideoId = (): VideoId => ulid() as VideoId;
export const newUploadId = (): UploadId => ulid() as UploadId;
export const newPictureId = (): PictureId => ulid() as PictureId;
/** A part of the id of a comment. */
export const newCommentPart = (): string => ulid();
