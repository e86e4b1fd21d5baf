import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { peekKey, peekPosterKey, peekResultKey, peekTrackKeys } from '../../domain/media/paths.ts';
import { PeekResult } from '../../domain/media/peek.ts';
import type { ByteRange, PeekRanges } from '../../domain/upload/peek.ts';
import type { PackagedTrack } from './encode.ts';

/** The uploads bucket, where a peek and what is made of it lie. */
export interface PeekPlace {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly videoId: string;
  readonly uploadId: string;
  readonly signal: AbortSignal;
}

/** Base64 SHA-256 of the two ends of a file. */
export type PeekChecksums = PeekResult['checksums'];

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

async function get({ s3, bucket, signal }: PeekPlace, key: string, range?: ByteRange): Promise<Buffer> {
  const answer = await s3.send(
    new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ...(range && { Range: `bytes=${range.from}-${range.to - 1}` }),
    }),
    { abortSignal: signal },
  );
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

/** The same, or undefined if there is no such object. */
const find = (place: PeekPlace, key: string) =>
  get(place, key).catch((error: unknown) => {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  });

const put = ({ s3, bucket, signal }: PeekPlace, Key: string, ContentType: string, Body: Uint8Array | string) =>
  s3.send(new PutObjectCommand({ Bucket: bucket, Key, ContentType, Body }), { abortSignal: signal });

/** Head and tail as they were sent; undefined if they are not there, or are not those that were announced. */
export async function sentPeek(
  place: PeekPlace,
  { head: headSum, tail: tailSum }: PeekChecksums,
): Promise<{ head: Buffer; tail: Buffer } | undefined> {
  const { videoId, uploadId } = place;
  const [head, tail] = await Promise.all([
    find(place, peekKey(videoId, uploadId, 'head')),
    find(place, peekKey(videoId, uploadId, 'tail')),
  ]);
  return head && tail && sha256(head) === headSum && sha256(tail) === tailSum ? { head, tail } : undefined;
}

/** The checksums of a stored source's own two ends: what a peek must have been made of to be believed. */
export async function checksumsOf(
  place: PeekPlace,
  sourceKey: string,
  { head, tail }: PeekRanges,
): Promise<PeekChecksums> {
  const [first, last] = await Promise.all([get(place, sourceKey, head), get(place, sourceKey, tail)]);
  return { head: sha256(first), tail: sha256(last) };
}

/** A track's init and segment 1. */
export interface PeekTrack {
  readonly track: string;
  readonly init: Buffer;
  readonly segment: Buffer;
}

/** Keeps what was made of a peek. The result comes last, so that what it names is there. */
export async function keepPeek(
  place: PeekPlace,
  made: { readonly result: PeekResult; readonly tracks: readonly PeekTrack[]; readonly poster: Buffer | undefined },
): Promise<void> {
  const { videoId, uploadId } = place;
  await Promise.all([
    ...made.tracks.flatMap(({ track, init, segment }) => {
      const keys = peekTrackKeys(videoId, uploadId, track);
      return [put(place, keys.init, 'video/mp4', init), put(place, keys.segment, 'video/mp4', segment)];
    }),
    ...(made.poster ? [put(place, peekPosterKey(videoId, uploadId), 'image/jpeg', made.poster)] : []),
  ]);
  await put(place, peekResultKey(videoId, uploadId), 'application/json', JSON.stringify(made.result));
}

/** What was kept, or undefined if nothing was, or in a form that is no longer ours. */
export async function keptResult(place: PeekPlace): Promise<PeekResult | undefined> {
  const bytes = await find(place, peekResultKey(place.videoId, place.uploadId));
  return bytes && PeekResult.safeParse(JSON.parse(bytes.toString())).data;
}

/** Fetches the kept tracks into a directory; undefined if one is gone. */
export async function keptTracks(
  place: PeekPlace,
  tracks: PeekResult['tracks'],
  directory: string,
): Promise<PackagedTrack[] | undefined> {
  const found = await Promise.all(
    tracks.map(async ({ track, sizeBytes }): Promise<PackagedTrack[]> => {
      const keys = peekTrackKeys(place.videoId, place.uploadId, track);
      const [init, segment] = await Promise.all([find(place, keys.init), find(place, keys.segment)]);
      if (!init || segment?.length !== sizeBytes) return [];
      await mkdir(join(directory, track), { recursive: true });
      const files = { init: join(directory, track, 'init.mp4'), segment: join(directory, track, '1.m4s') };
      await Promise.all([writeFile(files.init, init), writeFile(files.segment, segment)]);
      return [{ track, init: files.init, segments: [{ track, number: 1, sizeBytes, file: files.segment }] }];
    }),
  );
  return found.every((one) => one.length === 1) ? found.flat() : undefined;
}
