import type { PlaylistId, UserId, VideoId } from '../../domain/ids.ts';

/** A playlist by its id, or somebody's list of what to watch later, by whose it is. No id is both. */
export type ListId = PlaylistId | UserId;

/**
 * The playlists table: under each list the list itself, and one item for each video in it, so that none is in it twice.
 * The list to watch later has no owner in it, and so is in nobody's list of lists.
 */
export const listKey = (list: ListId) => ({ playlistId: list, item: 'LIST' });
export const itemPrefix = 'VIDEO#';
export const itemKey = (list: ListId, videoId: VideoId) => ({ playlistId: list, item: `${itemPrefix}${videoId}` });
