import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { type GrowingFile, uploadAsItGrows } from '../../../worker/media/growing-upload.ts';

const partBytes = 64 * 1024;
const place = { Bucket: 'uploads', Key: 'remuxed/v/1' };

let file: string;
beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'growing-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  file = join(directory, 'copy');
});

/** As much of S3 as an upload in parts takes. `refuse` is the number of a part that is not taken. */
function store(refuse?: number) {
  const parts = new Map<number, Buffer>();
  const state = { stored: undefined as Buffer | undefined, aborted: false, parts };
  const send = async (command: unknown) => {
    if (command instanceof CreateMultipartUploadCommand) return { UploadId: 'u' };
    if (command instanceof UploadPartCommand) {
      const { PartNumber = 0, Body } = command.input;
      if (PartNumber === refuse) throw new Error('refused');
      expect(parts.has(PartNumber)).toBe(false);
      parts.set(PartNumber, Buffer.from(Body as Buffer));
      return { ETag: `e${PartNumber}` };
    }
    if (command instanceof CompleteMultipartUploadCommand) {
      const named = command.input.MultipartUpload?.Parts ?? [];
      expect(named.map(({ ETag }) => ETag)).toEqual(named.map(({ PartNumber }) => `e${PartNumber}`));
      state.stored = Buffer.concat(named.map(({ PartNumber = 0 }) => parts.get(PartNumber) ?? Buffer.alloc(0)));
    }
    if (command instanceof AbortMultipartUploadCommand) state.aborted = true;
    return {};
  };
  return { s3: { send } as unknown as S3Client, state };
}

/** Writes so many bytes, in pieces, and its head once more at the end; how much of it was on the disk at most, in bytes. */
function written(sizeBytes: number): Pick<GrowingFile, 'write'> & { mostOnDisk: () => number; expected: Buffer } {
  const body = Buffer.alloc(sizeBytes, createHash('sha512').update(String(sizeBytes)).digest());
  const head = Buffer.from('what is known at the end');
  const expected = Buffer.from(body);
  head.copy(expected);
  let most = 0;
  return {
    expected,
    mostOnDisk: () => most,
    async write(room, signal) {
      await using handle = await open(file, 'w');
      for (let at = 0; at < sizeBytes; at += 10_000) {
        await room();
        signal.throwIfAborted();
        await handle.write(body, at, Math.min(10_000, sizeBytes - at), at);
        most = Math.max(most, (await stat(file)).blocks * 512);
      }
      await handle.write(head, 0, head.length, 0);
    },
  };
}

const upload = (s3: S3Client, { write }: Pick<GrowingFile, 'write'>, signal = new AbortController().signal) =>
  uploadAsItGrows(s3, place, { file, expectedBytes: 1, partBytes, write }, signal);

it.each([
  ['of many parts', 30 * partBytes + 12_345],
  ['of whole parts', 3 * partBytes],
  ['smaller than a part', 1_000],
])('a file %s is stored as it is in the end', async (_, sizeBytes) => {
  const { s3, state } = store();
  const source = written(sizeBytes);
  expect(await upload(s3, source)).toBe(sizeBytes);
  expect(state.stored?.equals(source.expected)).toBe(true);
  expect(state.aborted).toBe(false);
  // However long the file: what is stored is not on the disk.
  expect(source.mostOnDisk()).toBeLessThan(12 * partBytes);
});

it('one that cannot be written to its end is not stored', async () => {
  const { s3, state } = store();
  const { write } = written(5 * partBytes);
  const failing = async (...args: Parameters<typeof write>) => {
    await write(...args);
    throw new Error('cannot be copied');
  };
  await expect(upload(s3, { write: failing })).rejects.toThrow('cannot be copied');
  expect(state).toMatchObject({ stored: undefined, aborted: true });
});

it('a part that is not taken ends the writing', async () => {
  const { s3, state } = store(3);
  await expect(upload(s3, written(1000 * partBytes))).rejects.toThrow('refused');
  expect(state).toMatchObject({ stored: undefined, aborted: true });
  expect((await stat(file)).size).toBeLessThan(20 * partBytes);
});

it('a worker that stops ends both', async () => {
  const { s3, state } = store();
  const stopping = new AbortController();
  const { write } = written(1000 * partBytes);
  const stopped = async (room: () => Promise<void>, signal: AbortSignal) => {
    const writing = write(room, signal);
    stopping.abort(new Error('stopping'));
    await writing;
  };
  await expect(upload(s3, { write: stopped }, stopping.signal)).rejects.toThrow('stopping');
  expect(state).toMatchObject({ stored: undefined, aborted: true });
});
