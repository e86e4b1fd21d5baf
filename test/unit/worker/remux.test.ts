import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompleteMultipartUploadCommand, type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { remux, remuxInto } from '../../../worker/media/remux.ts';
import { openSource } from '../../../worker/media/source.ts';
import { binary, ffmpeg } from '../../commands/binaries.ts';
import { files } from '../../commands/files-as-store.ts';

const silent = { container: 'mpegts', audio: [] };

it('a copy that is stored while it is written, in parts, is the copy that is written whole', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'remux-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const limits = { cwd: directory, signal: new AbortController().signal, urgency: 'express' } as const;
  // Noise, a picture of which takes a megabyte: some tens of MB within a second.
  const noise = ['-f', 'rawvideo', '-s', '640x360', '-r', '25', '-i', '/dev/urandom', '-frames:v', '60'];
  const stream = join(directory, 'source.ts');
  await ffmpeg([...noise, '-c:v', 'mpeg2video', '-qscale:v', '1', '-g', '12', '-bf', '2', stream]);
  await using source = await openSource(files, 'files', stream);

  const parts = new Map<number, Buffer>();
  let named: number[] = [];
  const send = async (command: unknown) => {
    if (command instanceof UploadPartCommand) parts.set(command.input.PartNumber ?? 0, command.input.Body as Buffer);
    if (command instanceof CompleteMultipartUploadCommand)
      named = command.input.MultipartUpload?.Parts?.map(({ PartNumber = 0 }) => PartNumber) ?? [];
    return { UploadId: 'u', ETag: 'e' };
  };
  const to = { s3: { send } as unknown as S3Client, Bucket: 'uploads', Key: 'remuxed/v/1' };
  await remuxInto(to, binary('FFMPEG'), source, silent, limits);
  expect(named.length).toBeGreaterThan(2);
  const stored = join(directory, 'stored.mkv');
  await writeFile(stored, Buffer.concat(named.map((number) => parts.get(number) ?? Buffer.alloc(0))));

  const whole = await remux(binary('FFMPEG'), source, silent, limits);
  expect((await stat(stored)).size).toBe((await stat(whole)).size);
  const packets = async (file: string, ...from: string[]) =>
    (await ffmpeg([...from, '-i', file, '-c', 'copy', '-f', 'framecrc', 'pipe:1'])).stdout.toString();
  for (const from of [[], ['-ss', '1.2']]) expect(await packets(stored, ...from)).toBe(await packets(whole, ...from));
});

it('a copy is of no use where its source could not be read to its end', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'remux-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const limits = { cwd: directory, signal: new AbortController().signal, urgency: 'express' } as const;
  const stream = join(directory, 'source.ts');
  await ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=640x360:d=4', '-c:v', 'mpeg2video', '-qscale:v', '2', stream]);
  await using source = await openSource(files, 'files', stream);
  const half = {
    ...source,
    read: async (from: number, to: number) => {
      if (from > source.sizeBytes / 2) throw new Error('no connection');
      return source.read(from, Math.min(to, from + 100_000));
    },
  };
  let stored = false;
  const send = async (command: unknown) => {
    if (command instanceof CompleteMultipartUploadCommand) stored = true;
    return { UploadId: 'u', ETag: 'e' };
  };
  const to = { s3: { send } as unknown as S3Client, Bucket: 'uploads', Key: 'remuxed/v/1' };
  await expect(remuxInto(to, binary('FFMPEG'), half, silent, limits)).rejects.toThrow('the source could not be read');
  expect(stored).toBe(false);
});
