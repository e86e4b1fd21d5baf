import { captionsOfRun } from '../../domain/media/captions/captions.ts';
import {
  attemptPrefix,
  captionsKey,
  captionsPrefix,
  remuxedSourceKey,
  sourcePrefix,
} from '../../domain/media/paths.ts';
import { attemptsKept, attemptsLeft } from '../../domain/video/old-attempts.ts';
import type { Video } from '../../domain/video/video.ts';
import { removeObjects } from '../../platform/object-removal.ts';
import type { Parts, Span } from './parts.ts';

/** A file of captions is written before the record names it: what is as young as this may be about to be named. */
const unnamedMs = 24 * 3600 * 1000;

/**
 * Removes what a video has left behind by being processed again: attempts that nobody is led to any more, files that were replaced,
 * captions that no attempt lists. May be repeated; what has changed meanwhile is looked at again.
 */
export async function removeLeftovers(parts: Parts, video: Video, { now, until }: Span): Promise<void> {
  const { videos, removals, s3, buckets, removeRun, purgeCdn } = parts;
  const { videoId, state, readyAttempt } = video;
  const kept = attemptsKept(video);
  let { version } = video;
  if (readyAttempt !== undefined && !kept.includes(readyAttempt)) {
    const change = { set: {}, remove: ['readyAttempt', 'formerKey'], onlyIf: { state: [state], version } } as const;
    const changed = await videos.change(videoId, change, now);
    if (changed === undefined) return;
    version = changed.version;
  }
  const gone: string[] = [];
  for (const attempt of attemptsLeft(video)) {
    const prefix = `${attemptPrefix(videoId, attempt)}/`;
    if ((await removeObjects(s3, { bucket: buckets.media, prefix, until })) > 0) gone.push(`/${prefix}*`);
    await removeObjects(s3, { bucket: buckets.uploads, prefix: remuxedSourceKey(videoId, attempt), until });
    await removeRun({ videoId, attempt }, until);
  }
  const named = new Set(
    kept.flatMap((attempt) => captionsOfRun(video.captions, attempt).map(({ digest }) => captionsKey(videoId, digest))),
  );
  await removeObjects(s3, {
    bucket: buckets.media,
    prefix: `${captionsPrefix(videoId)}/`,
    kept: async () => (key, changedAt) => named.has(key) || changedAt > now - unnamedMs,
    until,
  });
  // Only once the new file has proved to be of use. A record names a file before it is there: what it does not name after the
  // listing, it has let go.
  if (state === 'ready') {
    await removeObjects(s3, {
      bucket: buckets.uploads,
      prefix: `${sourcePrefix(videoId)}/`,
      kept: async () => {
        const { source, replacement } = (await videos.get(videoId)) ?? video;
        return (key) => key === source?.key || key === replacement?.key;
      },
      until,
    });
  }
  if (gone.length > 0) await purgeCdn(gone);
  await removals.settle({ ...video, version }, now);
}
