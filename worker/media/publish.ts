import { readFile } from 'node:fs/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { StoredSegment } from '../../domain/jobs/results.ts';
import { keyFrameSpan } from '../../domain/media/key-frame.ts';
import { initKey, segmentKey } from '../../domain/media/paths.ts';
import { putOnce, readStored } from '../../platform/media.ts';
import type { PackagedTrack } from './encode.ts';

/** Objects sent at a time: a chunk of six rungs has some twenty. */
const parallel = 8;

const isAudio = (track: string) => track.startsWith('audio');

/** Publishes inits and segments of packaged tracks, inits first. Answers the segments as they are stored, whoever made them. */
export async function publishTracks(
  s3: S3Client,
  bucket: string,
  { videoId, attempt }: { videoId: string; attempt: number },
  tracks: readonly PackagedTrack[],
  signal: AbortSignal,
): Promise<StoredSegment[]> {
  const put = async (track: string, key: string, body: Buffer) =>
    putOnce(s3, bucket, { key, contentType: isAudio(track) ? 'audio/mp4' : 'video/mp4', body }, signal);
  const stored: StoredSegment[] = [];
  const inits = tracks.map(({ track, init }) => async () => {
    await put(track, initKey(videoId, attempt, track), await readFile(init));
  });
  const segments = tracks.flatMap((t) =>
    t.segments.map(({ track, number, file }) => async () => {
      const key = segmentKey(videoId, attempt, track, number);
      const made = await readFile(file);
      const bytes = (await put(track, key, made)) ? made : await readStored(s3, bucket, key, signal);
      const keyFrame = isAudio(track) ? undefined : keyFrameSpan(bytes);
      stored.push({ track, number, sizeBytes: bytes.length, ...(keyFrame && { keyFrame }) });
    }),
  );
  const queue = [...inits, ...segments].values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const task of queue) await task();
    }),
  );
  return stored;
}
