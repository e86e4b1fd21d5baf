import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { VideoId } from '../../domain/ids.ts';
import type { Videos } from '../../platform/records/videos.ts';
import { type Playback, playback } from './playback.ts';

/** What a viewer asks of a video. One that they may not watch is answered like one that is not there. */
export const streamingService = (videos: Pick<Videos, 'get'>) => ({
  async playback(videoId: VideoId, caller: Caller | undefined): Promise<Playback | Problem> {
    const video = await videos.get(videoId);
    return (
      (video && playback(video, caller)) ?? problem('video-not-found', 'There is no such video, or it is private.')
    );
  },
});
