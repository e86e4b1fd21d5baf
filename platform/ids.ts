import { ulid } from 'ulid';
import type { PictureId, PlaylistId, UploadId, VideoId } from '../domain/ids.ts';

export const newVideoId = (): VideoId => ulid() as VideoId;
export const newUploadId = (): UploadId => ulid() as UploadId;
export const newPictureId = (): PictureId => ulid() as PictureId;
export const newPlaylistId = (): PlaylistId => ulid() as PlaylistId;
