import type { VideoId } from '../../../domain/ids.ts';

/** So many come from the channel, so that others are seen without scrolling past a busy one. */
const ofChannel = 5;
const inAll = 20;

/** What to watch after a video: what is new from its channel, then what is new at all; each once, and not the video itself. */
export function nextVideos<Video extends { readonly videoId: VideoId }>(
  current: VideoId,
  { channel, feed }: { readonly channel: readonly Video[]; readonly feed: readonly Video[] },
): Video[] {
  const others = (videos: readonly Video[]) => videos.filter(({ videoId }) => videoId !== current);
  const candidates = [...others(channel).slice(0, ofChannel), ...others(feed)];
  return [...new Map(candidates.map((video) => [video.videoId, video])).values()].slice(0, inAll);
}
