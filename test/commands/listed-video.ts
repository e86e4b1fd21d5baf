import type { VideoId } from '../../domain/ids.ts';
import { Video } from '../../domain/video/video.ts';
import { newVideoId } from '../../platform/ids.ts';
import { videos } from './books.ts';
import type { Person } from './people.ts';

/** A public video that is ready, as its record says: without media, for what is not about watching. */
export async function listedVideo(
  { userId }: Pick<Person, 'userId'>,
  over: Partial<Omit<Video, 'videoId' | 'ownerId'>> = {},
): Promise<VideoId> {
  const videoId = newVideoId();
  const now = Date.now();
  const video = Video.parse({
    videoId,
    ownerId: userId,
    title: 'Listed',
    visibility: 'public',
    state: 'ready',
    attempt: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
    playableAt: now,
    readyAt: now,
    durationSeconds: 61,
    ...over,
  });
  await videos().create(video);
  return videoId;
}
