import { readFile } from 'node:fs/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { initKey, peekTrackKeys, segmentKey, sourceKey } from '../../domain/media/paths.ts';
import { jobs, mediaUnder, s3, sourceExists, videos } from '../commands/books.ts';
import { readInit, readSegment } from '../commands/boxes.ts';
import { refusalOf } from '../commands/calls.ts';
import { type ClipOptions, clip, ordinary } from '../commands/clip.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { boxStart, padded, peekedBytes, peekSeen, sendPeek } from '../commands/peeks.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { beginUpload, complete, sendAllParts, sendPart, type Upload, videoIs } from '../commands/uploads.ts';

const small: ClipOptions = { ...ordinary, width: 320, height: 180, seconds: 6 };
const bytesOf = async (options: ClipOptions) => readFile((await clip(options)).file);

let creator: Person;
/** A playable file whose index lies at its end, between two halves of a padding that nobody plays. */
let file: Buffer;
beforeAll(async () => {
  creator = await newCreator();
  file = padded(await bytesOf(small), { before: 'moov' });
});

const begin = (bytes: Buffer, fileName = 'clip.mp4') => beginUpload(creator.client, bytes, { fileName });

async function finish(upload: Upload): Promise<void> {
  await sendAllParts(creator.client, upload);
  await complete(creator.client, upload);
}

/** CPU seconds that Prepare spent on encoding: none if the peek was believed. */
const prepareCpuSeconds = async (videoId: VideoId) =>
  (await jobs().getJob({ videoId, attempt: 1 }, 'prepare'))?.result?.cpuSeconds;

async function object(bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const tracks = ['180p', 'audio-1'];

/** A track's init and segment 1. */
const pair = async (bucket: string, keys: { readonly init: string; readonly segment: string }) => ({
  init: await object(bucket, keys.init),
  segment: await object(bucket, keys.segment),
});

/** The beginning of each track of a title, as viewers get it. */
const beginning = (videoId: VideoId) =>
  Promise.all(
    tracks.map((track) =>
      pair(localCloud().outputs.MediaBucketName, {
        init: initKey(videoId, 1, track),
        segment: segmentKey(videoId, 1, track, 1),
      }),
    ),
  );

/** The same, as it was made of a peek. */
const peeked = ({ videoId, uploadId }: Upload) =>
  Promise.all(
    tracks.map((track) => pair(localCloud().outputs.UploadsBucketName, peekTrackKeys(videoId, uploadId, track))),
  );

/** Which frames a segment has, and when: all but how many bytes the encoder, whose threads take turns, spent on each. */
function framesOf({ init, segment }: { readonly init: Buffer; readonly segment: Buffer }) {
  const { bytes, ...facts } = readSegment(segment, readInit(init));
  return facts;
}

describe('a file whose head and tail go ahead of it', () => {
  let upload: Upload;
  beforeAll(async () => {
    upload = await begin(file);
    await sendPeek(creator.client, upload, file);
  });

  it('is known before it has arrived: that it can be used, how long it is, what it will be made in, how it looks', async () => {
    const peek = await peekSeen(creator.client, upload.uploadId);
    expect(peek).toMatchObject({ verdict: 'accepted', durationSeconds: 6, reason: null });
    expect(peek.rungs).toEqual([{ name: '180p', width: 320, height: 180 }]);
    const [, jpeg = ''] = /^data:image\/jpeg;base64,(.+)$/.exec(peek.poster ?? '') ?? [];
    expect(Buffer.from(jpeg, 'base64').subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(await creator.client.content.getVideo({ params: { videoId: upload.videoId } })).toMatchObject({
      state: 'uploading',
      durationSeconds: 6,
      attempt: 0,
    });
  });

  it('shows nothing to viewers until it is whole', async () => {
    const { videoId, uploadId } = upload;
    expect((await mediaUnder(`media/${videoId}/`)).size).toBe(0);
    for (const key of Object.values(peekTrackKeys(videoId, uploadId, '180p')))
      expect((await fetch(`${localCloud().site}/${key}`)).headers.get('content-type')).not.toBe('video/mp4');
  });

  it('is playable without another encode: begins with what was made of its peek, frame for frame what it would begin with otherwise', async () => {
    const { videoId, uploadId } = upload;
    await peekSeen(creator.client, uploadId);
    await finish(upload);
    await videoIs(creator.client, videoId, 'ready');
    expect(await prepareCpuSeconds(videoId)).toBe(0);

    const unpeeked = await begin(file);
    await finish(unpeeked);
    await videoIs(creator.client, unpeeked.videoId, 'ready');
    expect(await prepareCpuSeconds(unpeeked.videoId)).toBeGreaterThan(0);
    const begun = await beginning(videoId);
    expect(begun).toEqual(await peeked(upload));
    const otherwise = await beginning(unpeeked.videoId);
    // The init carries nothing of the video's id: those are the same bytes.
    expect(begun.map(({ init }) => init)).toEqual(otherwise.map(({ init }) => init));
    expect(begun.map(framesOf)).toEqual(otherwise.map(framesOf));
  });
});

describe.concurrent('a peek of another file is not believed', () => {
  const flipped = (bytes: Buffer, at: number) => {
    const other = Buffer.from(bytes);
    other[at] = (other[at] ?? 0) ^ 1;
    return other;
  };

  it.each<[string, (bytes: Buffer) => number]>([
    ['head', () => 7 * 1024 * 1024],
    ['tail', (bytes) => boxStart(bytes, 'moov') - 1],
  ])('one byte of the %s is different, of those that nobody plays', async (_, place) => {
    const upload = await begin(file);
    await sendPeek(creator.client, upload, flipped(file, place(file)));
    expect(await peekSeen(creator.client, upload.uploadId)).toMatchObject({ verdict: 'accepted' });
    await finish(upload);
    await videoIs(creator.client, upload.videoId, 'ready');
    expect(await prepareCpuSeconds(upload.videoId)).toBeGreaterThan(0);
  });

  it('the file was changed while its upload was interrupted: the title is what has arrived', async () => {
    const changed = padded(await bytesOf({ ...small, seconds: 9, rate: { num: 25, den: 1 } }), { before: 'moov' });
    const upload = await begin(file);
    await sendPeek(creator.client, upload, file);
    expect(await peekSeen(creator.client, upload.uploadId)).toMatchObject({ durationSeconds: 6 });
    await sendPart(creator.client, upload, 1);

    const again = await begin(changed);
    await finish({ ...again, uploadId: upload.uploadId, videoId: upload.videoId });
    const video = await videoIs(creator.client, upload.videoId, 'ready');
    expect(video.durationSeconds).toBe(9);
    expect(await prepareCpuSeconds(upload.videoId)).toBeGreaterThan(0);
  });
});

describe.concurrent('where head and tail tell nothing, nothing is lost', () => {
  const nullPackets = (bytes: number) =>
    Buffer.alloc(188 * Math.floor(bytes / 188), Buffer.from([0x47, 0x1f, 0xff, 0x10, ...Array(184).fill(255)]));
  /** From its first box of a kind on it lies in the middle, of which neither head nor tail has a byte. */
  const midway = (bytes: Buffer, before: string) => padded(padded(bytes, { before, to: peekedBytes / 2 }));

  it.each<[string, string, () => Promise<Buffer>]>([
    ['an index in the middle', 'clip.mp4', async () => midway(await bytesOf(small), 'moov')],
    ['fragments', 'clip.mp4', async () => midway(await bytesOf({ ...small, fragmented: true }), 'moof')],
    [
      'a transport stream',
      'clip.ts',
      async () => {
        const stream = await bytesOf({ ...small, container: 'ts' });
        return Buffer.concat([stream, nullPackets(peekedBytes - stream.length)]);
      },
    ],
  ])('%s', async (_, fileName, make) => {
    const bytes = await make();
    const upload = await beginUpload(creator.client, bytes, { fileName, contentType: '' });
    await sendPeek(creator.client, upload, bytes);
    expect(await peekSeen(creator.client, upload.uploadId)).toMatchObject({ verdict: 'unknown', reason: null });
    await finish(upload);
    await videoIs(creator.client, upload.videoId, 'playable', 'ready');
  });

  it('a file that ends too early is not judged by its head and tail, but when it is there', async () => {
    const clipped = await bytesOf(small);
    clipped.writeUInt32BE(peekedBytes * 2, boxStart(clipped, 'mdat'));
    const bytes = padded(clipped.subarray(0, boxStart(await bytesOf(small), 'moov')));
    const upload = await begin(bytes);
    await sendPeek(creator.client, upload, bytes);
    expect(await peekSeen(creator.client, upload.uploadId)).toMatchObject({ verdict: 'unknown' });
    await finish(upload);
    const video = await videoIs(creator.client, upload.videoId, 'rejected');
    expect(video.reason?.code).toBe('truncated');
  });
});

describe.concurrent('a file that is of no use', () => {
  it('is rejected with its reason while it is on its way; nothing more of it is taken', async () => {
    const text = Buffer.alloc(peekedBytes, 'This is a text. ');
    const upload = await begin(text);
    const { uploadId, videoId } = upload;
    await sendPart(creator.client, upload, 2);
    await sendPeek(creator.client, upload, text);
    const peek = await peekSeen(creator.client, uploadId);
    expect(peek).toMatchObject({ verdict: 'rejected', reason: { code: 'not-media' }, poster: null });
    expect(await videoIs(creator.client, videoId, 'rejected')).toMatchObject({ attempt: 0, reason: peek.reason });

    expect(await refusalOf(sendPart(creator.client, upload, 1))).toMatchObject({
      code: 'file-rejected',
      reason: 'not-media',
      detail: peek.reason?.sentence,
    });
    expect(await refusalOf(complete(creator.client, upload))).toMatchObject({ code: 'file-rejected' });
    expect(await creator.client.upload.getUpload({ params: { uploadId } })).toMatchObject({
      state: 'aborted',
      parts: [],
    });
    expect(await sourceExists(sourceKey(videoId, uploadId))).toBe(false);
    expect(await videos().get(videoId)).toMatchObject({ state: 'rejected' });
  });

  it('by its index alone: sound without a picture', async () => {
    const clipped = await bytesOf(small);
    // The first track, the picture's, is padding now.
    clipped.write('free', clipped.indexOf('trak', boxStart(clipped, 'moov'), 'latin1'), 'latin1');
    const bytes = padded(clipped, { before: 'moov' });
    const upload = await begin(bytes);
    await sendPeek(creator.client, upload, bytes);
    expect(await peekSeen(creator.client, upload.uploadId)).toMatchObject({ reason: { code: 'no-video-track' } });
  });

  it('and has arrived before that was seen, is what Prepare says it is', async () => {
    const text = Buffer.alloc(peekedBytes, 'This is a text. ');
    const upload = await begin(text);
    await finish(upload);
    expect(await refusalOf(sendPeek(creator.client, upload, text))).toMatchObject({ code: 'upload-closed' });
    const video = await videoIs(creator.client, upload.videoId, 'rejected');
    expect(video).toMatchObject({ attempt: 1, reason: { code: 'not-media' } });
  });
});
