import { open, stat } from 'node:fs/promises';
import { type GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** As much of S3 as opening a source takes, over files: a key is a path. */
export const files = {
  async send(command: HeadObjectCommand | GetObjectCommand) {
    const { size, mtimeMs } = await stat(command.input.Key ?? '');
    if (command instanceof HeadObjectCommand) return { ContentLength: size, ETag: String(mtimeMs) };
    const [from = 0, to = size - 1] = (/\d+-\d+/.exec(command.input.Range ?? '')?.[0] ?? '').split('-').map(Number);
    await using file = await open(command.input.Key ?? '');
    const { buffer } = await file.read(Buffer.alloc(to - from + 1), 0, to - from + 1, from);
    return { Body: { transformToByteArray: async () => buffer } };
  },
} as unknown as S3Client;
