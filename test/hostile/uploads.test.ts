import { readFile } from 'node:fs/promises';
import pMap from 'p-map';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiError } from '../../client/client.ts';
import { registry } from '../../client/registry.ts';
import type { ProblemCode } from '../../domain/api/problems.ts';
import { sourceKey } from '../../domain/media/paths.ts';
import { minPartBytes } from '../../domain/upload/parts.ts';
import { executionsOf, mediaUnder, sourceExists } from '../commands/books.ts';
import { callRoute, refusalOf } from '../commands/calls.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { newCreator, type Person } from '../commands/people.ts';
import {
  beginUpload,
  checksumOf,
  complete,
  sendAllParts,
  sendPart,
  type Upload,
  videoIs,
} from '../commands/uploads.ts';

let creator: Person;
/** A short clip. */
let small: Buffer;
/** The same with padding behind it, in two parts. */
let large: Buffer;

beforeAll(async () => {
  creator = await newCreator();
  small = await readFile((await clip({ ...ordinary, width: 320, height: 180, seconds: 2 })).file);
  const padding = Buffer.alloc(minPartBytes);
  padding.writeUInt32BE(padding.length);
  padding.write('free', 4);
  large = Buffer.concat([small, padding]);
});

const begin = (bytes: Buffer, sizeBytes = bytes.length) =>
  beginUpload(creator.client, bytes, { fileName: 'clip.mp4', sizeBytes, partSizeBytes: minPartBytes });

/** A refusal leaves everything as it was: the upload open, no source, no run, nothing published. */
async function isUntouched({ videoId, uploadId }: Upload): Promise<void> {
  expect(await creator.client.content.getVideo({ params: { videoId } })).toMatchObject({
    state: 'uploading',
    attempt: 0,
  });
  expect(await sourceExists(sourceKey(videoId, uploadId))).toBe(false);
  expect(await executionsOf(videoId)).toEqual([]);
  expect((await mediaUnder(`media/${videoId}/`)).size).toBe(0);
}

describe('what is refused at the beginning', () => {
  const body = { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 1 };
  it.each<[string, unknown, ProblemCode]>([
    ['an empty file', { ...body, sizeBytes: 0 }, 'invalid-request'],
    ['a file of less than nothing', { ...body, sizeBytes: -1 }, 'invalid-request'],
    ['a file of half a byte', { ...body, sizeBytes: 0.5 }, 'invalid-request'],
    ['a file of more bytes than can be counted', { ...body, sizeBytes: 2 ** 60 }, 'invalid-request'],
    ['a file of 6 TB', { ...body, sizeBytes: 6 * 1024 ** 4 }, 'file-too-large'],
    ['a text', { ...body, contentType: 'text/plain' }, 'type-not-accepted'],
    ['a program without a type', { ...body, fileName: 'clip.exe', contentType: '' }, 'type-not-accepted'],
    ['a name without letters', { ...body, fileName: '' }, 'invalid-request'],
    ['a name of a thousand letters', { ...body, fileName: `${'x'.repeat(1000)}.mp4` }, 'invalid-request'],
    ['a field that nobody knows', { ...body, ownerId: 'me' }, 'invalid-request'],
  ])('%s', async (_, sent, code) => {
    expect(await callRoute(registry.upload.createUpload, { token: creator.token, body: sent })).toMatchObject({
      problem: { code },
    });
  });
});

describe('what is refused at the end', () => {
  it('a file longer than declared: storage takes no part of another length than was signed', async () => {
    const upload = await begin(small, small.length - 1000);
    expect(await sendPart(creator.client, upload, 1)).not.toBe(200);
    expect(await refusalOf(complete(creator.client, upload))).toMatchObject({ code: 'parts-missing', parts: [1] });
    await isUntouched(upload);
  });

  it('a file shorter than declared', async () => {
    const upload = await begin(small, small.length + 1000);
    expect(await sendPart(creator.client, upload, 1)).not.toBe(200);
    expect(await refusalOf(complete(creator.client, upload))).toMatchObject({ code: 'parts-missing', parts: [1] });
    await isUntouched(upload);
  });

  it('a file of fewer parts than declared', async () => {
    const upload = await begin(large);
    await sendPart(creator.client, upload, 1);
    expect(await refusalOf(complete(creator.client, upload))).toMatchObject({ code: 'parts-missing', parts: [2] });
    const one = { ...upload, checksums: upload.checksums.slice(0, 1) };
    expect(await refusalOf(complete(creator.client, one))).toMatchObject({ code: 'size-mismatch' });
    await isUntouched(upload);
  });

  it('an upload that was given up', async () => {
    const upload = await begin(small);
    await sendAllParts(creator.client, upload);
    await creator.client.upload.abortUpload({ params: { uploadId: upload.uploadId } });
    expect(await refusalOf(complete(creator.client, upload))).toMatchObject({ code: 'upload-closed' });
    expect(await refusalOf(sendPart(creator.client, upload, 1))).toMatchObject({ code: 'upload-closed' });
    expect(await refusalOf(creator.client.content.getVideo({ params: { videoId: upload.videoId } }))).toMatchObject({
      code: 'video-not-found',
    });
    expect(await sourceExists(sourceKey(upload.videoId, upload.uploadId))).toBe(false);
  });
});

describe('what goes wrong on the line', () => {
  it('a flipped byte: the part is refused, and only that part is sent again', async () => {
    const upload = await begin(large);
    expect(await sendPart(creator.client, upload, 1)).toBe(200);
    const flipped = Buffer.from(upload.parts[1] ?? '');
    flipped[100] = (flipped[100] ?? 0) ^ 1;
    expect(await sendPart(creator.client, upload, 2, flipped)).toBe(400);
    expect(await refusalOf(complete(creator.client, upload))).toMatchObject({ code: 'parts-missing', parts: [2] });
    await isUntouched(upload);

    expect(await sendPart(creator.client, upload, 2)).toBe(200);
    await complete(creator.client, upload);
    await videoIs(creator.client, upload.videoId, 'ready');
  });

  it('a part that was damaged before it was signed: named at completion, and only that part is sent again', async () => {
    const upload = await begin(large);
    const damaged = Buffer.from(upload.parts[1] ?? '').fill(7, 0, 50);
    const asSent = {
      ...upload,
      parts: [upload.parts[0] ?? damaged, damaged],
      checksums: [upload.checksums[0] ?? '', checksumOf(damaged)],
    };
    await sendAllParts(creator.client, asSent);
    expect(await refusalOf(complete(creator.client, upload))).toMatchObject({
      code: 'part-checksum-mismatch',
      status: 400,
      parts: [2],
    });
    await isUntouched(upload);

    expect(await sendPart(creator.client, upload, 2)).toBe(200);
    await complete(creator.client, upload);
    await videoIs(creator.client, upload.videoId, 'ready');
  });

  it('a signed address is good for its own part only, and there is none for a part that the file has not', async () => {
    const upload = await begin(large);
    const { uploadId } = upload;
    const [checksum = ''] = upload.checksums;
    const sign = (number: number) =>
      creator.client.upload.signParts({ params: { uploadId }, body: { parts: [{ number, checksum }] } });
    const [signed] = (await sign(1)).parts;
    const elsewhere = (signed?.url ?? '').replace('partNumber=1', 'partNumber=2');
    expect(elsewhere).not.toBe(signed?.url);
    const answer = await fetch(elsewhere, {
      method: 'PUT',
      headers: signed?.headers ?? {},
      body: new Uint8Array(upload.parts[0] ?? []),
    });
    expect(answer.status).toBe(403);
    expect(await refusalOf(sign(3))).toMatchObject({ code: 'invalid-request' });
    await isUntouched(upload);
  });

  it('a signed address is good for nothing once the upload is over', async () => {
    const upload = await begin(small);
    const { uploadId, checksums } = upload;
    const [checksum = ''] = checksums;
    const body = { parts: [{ number: 1, checksum }] };
    const [signed] = (await creator.client.upload.signParts({ params: { uploadId }, body })).parts;
    await sendAllParts(creator.client, upload);
    await complete(creator.client, upload);
    const again = await fetch(signed?.url ?? '', {
      method: 'PUT',
      headers: signed?.headers ?? {},
      body: new Uint8Array(small),
    });
    expect(again.status).toBe(404);
  });

  it('one that is completed and given up at once is one or the other, and is told to be that', async () => {
    const ends = await pMap([1, 2, 3], async () => {
      const upload = await begin(small);
      const { uploadId, videoId } = upload;
      await sendAllParts(creator.client, upload);
      const giveUp = () => creator.client.upload.abortUpload({ params: { uploadId } });
      const calls = [complete(creator.client, upload), giveUp(), giveUp(), complete(creator.client, upload)];
      const codes = await Promise.all(
        calls.map((call) =>
          call.then(
            () => 'done',
            (error: ApiError) => error.problem.code,
          ),
        ),
      );
      const isStored = await sourceExists(sourceKey(videoId, uploadId));
      const { state } = await creator.client.upload.getUpload({ params: { uploadId } });
      const runs = (await executionsOf(videoId)).length;
      return { codes, isStored, state, runs };
    });
    for (const { codes, isStored, state, runs } of ends) {
      expect({ isStored, runs, state }).toEqual(
        isStored ? { isStored, runs: 1, state: 'completed' } : { isStored, runs: 0, state: 'aborted' },
      );
      for (const code of codes) expect(['done', 'upload-closed', 'unavailable']).toContain(code);
    }
  });
});
