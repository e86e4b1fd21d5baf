import { ulid } from 'ulid';
import type { UploadId, VideoId } from '../domain/ids.ts';

export const newVideoId = (): VideoId => ulid() as VideoId;
export const newUploadId = (): UploadId => ulid() as UploadId;
