import { ulid } from 'ulid';
import type { AuditId, ExportId, PictureId, PlaylistId, UploadId, VideoId } from '../domain/ids.ts';

export const newVideoId = (): VideoId => ulid() as VideoId;
export const newUploadId = (): UploadId => ulid() as UploadId;
export const newPictureId = (): PictureId => ulid() as PictureId;
export const newPlaylistId = (): PlaylistId => ulid() as PlaylistId;
export const newAuditId = (): AuditId => ulid() as AuditId;
export const newExportId = (): ExportId => ulid() as ExportId;
/** A part of the id of a comment. */
export const newCommentPart = (): string => ulid();
