import * as z from 'zod';

/** Ids are ULIDs: 48 bits of time, so they sort, and 80 random bits, so an unlisted link cannot be guessed. */
const ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a ULID');

export const VideoId = ulid.brand('VideoId');
export type VideoId = z.infer<typeof VideoId>;

export const UploadId = ulid.brand('UploadId');
export type UploadId = z.infer<typeof UploadId>;

/** A picture that a creator sends to stand for a video. */
export const PictureId = ulid.brand('PictureId');
export type PictureId = z.infer<typeof PictureId>;

export const PlaylistId = ulid.brand('PlaylistId');
export type PlaylistId = z.infer<typeof PlaylistId>;

/** An entry of the trail of what admins do. */
export const AuditId = ulid.brand('AuditId');
export type AuditId = z.infer<typeof AuditId>;

/** A copy of what is kept about a person, made for them. */
export const ExportId = ulid.brand('ExportId');
export type ExportId = z.infer<typeof ExportId>;

/** A person's id is the `sub` of their Cognito user: of a UUID's form, but not with its version and variant bits. */
export const UserId = z.guid().brand('UserId');
export type UserId = z.infer<typeof UserId>;
