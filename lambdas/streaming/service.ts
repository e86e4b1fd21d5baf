import type { Caller } from '../../domain/access/policy.ts';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf } from '../../domain/api/route.ts';
import type { VideoId } from '../../domain/ids.ts';
import { keptKeys } from '../../domain/video/watched.ts';
import type { ContentKeys } from '../../platform/content-keys.ts';
import type { Videos } from '../../platform/records/videos.ts';
import { type Playback, playback, watchable } from './playback.ts';
import type { routes } from './routes.ts';

type License = (typeof routes)['license'];

/** What a viewer asks of a video. One that they may not watch is answered like one that is not there. */
export const streamingService = (videos: Pick<Videos, 'get'>, contentKeys: Pick<ContentKeys, 'open'>) => ({
  async playback(videoId: VideoId, caller: Caller | undefined, now: number): Promise<Playback | Problem> {
    const video = watchable(await videos.get(videoId), caller, now);
    return isProblem(video) ? video : playback(video, caller);
  },

  /** The keys, for those who may watch, that are asked for by their ids: of the newest attempt, and of the one before it. */
  async license(
    videoId: VideoId,
    caller: Caller | undefined,
    { kids }: BodyOf<License>,
    now: number,
  ): Promise<AnswerOf<License> | Problem> {
    const video = watchable(await videos.get(videoId), caller, now);
    if (isProblem(video)) return video;
    const asked = keptKeys(video)
      .map((kept) => ({ ...kept, kid: Buffer.from(kept.encryption.keyId, 'hex').toString('base64url') }))
      .filter(({ kid }) => kids.includes(kid));
    if (asked.length === 0) {
      return problem('key-not-found', 'The video has no such key. It may have been processed anew: load it again.');
    }
    const keys = await Promise.all(
      asked.map(async ({ kid, attempt, wrapped }) => {
        const key = await contentKeys.open({ videoId, attempt }, wrapped);
        return { kty: 'oct' as const, kid, k: key.toString('base64url') };
      }),
    );
    return { keys, type: 'temporary' };
  },
});
