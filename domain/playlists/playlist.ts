import * as z from 'zod';
import { PlaylistId, UserId, VideoId } from '../ids.ts';
import { Line, Paragraphs } from '../text.ts';

export const PlaylistTitle = Line(150);
export const PlaylistDescription = Paragraphs(5000);
export const PlaylistVisibility = z.enum(['public', 'unlisted', 'private']);
export type PlaylistVisibility = z.infer<typeof PlaylistVisibility>;

export const maxPlaylistItems = 5000;

/** A list of videos that somebody keeps. Times are milliseconds since the epoch. */
export const Playlist = z.object({
  playlistId: PlaylistId,
  ownerId: UserId,
  title: PlaylistTitle,
  description: PlaylistDescription,
  visibility: PlaylistVisibility,
  /** Raised by each change of title, description or visibility; optimistic concurrency. */
  version: z.int().positive(),
  /** How many videos are in it. */
  count: z.int().nonnegative(),
  createdAt: z.int(),
  /** Of the last change, of what is in it too. */
  updatedAt: z.int(),
});
export type Playlist = z.infer<typeof Playlist>;

/** A video in a list. Lists are ordered by `rank` (rank.ts). */
export const PlaylistItem = z.object({ videoId: VideoId, rank: z.string(), addedAt: z.int() });
export type PlaylistItem = z.infer<typeof PlaylistItem>;

/** Whether somebody may see the list. Whether they may watch what is in it, each video decides. */
export const maySeePlaylist = (
  { ownerId, visibility }: Pick<Playlist, 'ownerId' | 'visibility'>,
  userId: UserId | undefined,
): boolean => userId === ownerId || visibility !== 'private';
