import { readFile } from 'node:fs/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { initKey, segmentKey } from '../../domain/media/paths.ts';
import { putOnce } from '../../platform/media.ts';
import type { PackagedTrack } from './encode.ts';

/** Objects sent at a time: a chunk of six rungs has some twenty. */
const parallel = 8;

/** Publishes inits and segments of packaged tracks, inits first. */
export async function publishTracks(
  s3: S3Client,
  bucket: string,
  { videoId, attempt }: { videoId: string; attempt: number },
  tracks: readonly PackagedTrack[],
  signal: AbortSignal,
): Promise<void> {
  const inits = tracks.map((t) => ({ track: t.track, key: initKey(videoId, attempt, t.track), file: t.init }));
  const segments = tracks.flatMap((t) =>
    t.segments.map((s) => ({ track: t.track, key: segmentKey(videoId, attempt, t.track, s.number), file: s.file })),
  );
  const queue = [...inits, ...segments].values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const { track, key, file } of queue) {
        const contentType = track.startsWith('audio') ? 'audio/mp4' : 'video/mp4';
        await putOnce(s3, bucket, { key, contentType, body: await readFile(file) }, signal);
      }
    }),
  );
}
