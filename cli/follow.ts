import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { VideoId } from '../domain/ids.ts';
import { isSettled, isWatchable } from '../domain/video/life-cycle.ts';
import { exitCodes, Failure } from './failure.ts';
import type { Client } from './session.ts';
import { isPassing, patience } from './upload/send.ts';

const pollMs = 500;

export type VideoStatus = Awaited<ReturnType<Client['content']['getVideo']>>;

const look = (client: Client, videoId: VideoId) =>
  pRetry(() => client.content.getVideo({ params: { videoId } }), {
    ...patience,
    shouldRetry: ({ error }) => isPassing(error),
  });

/** What a video is doing, in a few words. */
export function stateLine({ state, progress }: Pick<VideoStatus, 'state' | 'progress'>): string {
  return !isSettled(state) && progress > 0 ? `${state}, ${Math.floor(progress * 100)} % encoded` : state;
}

/** Shows each change of a video's state on standard error until `enough` of it has been seen, or nothing more will come. */
export async function follow(
  client: Client,
  videoId: VideoId,
  enough: (video: VideoStatus) => boolean,
): Promise<VideoStatus> {
  let shown = '';
  for (;;) {
    const video = await look(client, videoId);
    const line = stateLine(video);
    if (line !== shown) process.stderr.write(`${line}\n`);
    shown = line;
    if (enough(video) || isSettled(video.state)) return video;
    await sleep(pollMs);
  }
}

/**
 * Waits until the video can be watched, or all of it is encoded.
 * @throws Failure with the sentence for the creator if that will not happen.
 */
export async function waitFor(client: Client, videoId: VideoId, goal: 'playable' | 'ready'): Promise<VideoStatus> {
  const video = await follow(client, videoId, ({ state }) =>
    goal === 'ready' ? state === 'ready' : isWatchable(state),
  );
  if (isWatchable(video.state)) return video;
  const { code, sentence } = video.reason ?? { code: `video-${video.state}`, sentence: `The video is ${video.state}.` };
  throw new Failure(code, sentence, exitCodes.videoFailed);
}
