import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../failure.ts';

/** The file as it was when the upload began. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** A stretch of the file, in bytes. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** @throws Failure if there is nothing to upload at `given`. */
export async function sourceFile(given: string): Promise<SourceFile> {
  const path = resolve(given);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Failure('file-not-found', `There is no file ${path}, or it may not be read.`);
  if (!found.isFile()) throw new Failure('not-a-file', `${path} is not a file.`);
  if (found.size === 0) throw new Failure('empty-file', `${path} is empty. Export it again and upload the new file.`);
  return { path, name: basename(path), sizeBytes: found.size, mtimeMs: found.mtimeMs };
}

/** @throws Failure if the file is not what it was: the parts sent so far would not fit those to come. */
export async function assertUnchanged(file: SourceFile): Promise<void> {
  const now = await stat(file.path).catch(() => undefined);
  if (now?.size !== file.sizeBytes || now.mtimeMs !== file.mtimeMs) {
    throw new Failure(
      'file-changed',
      `${file.path} was changed while it was being uploaded. Run the command again to upload it as it is now.`,
    );
  }
}

export const read = ({ path }: SourceFile, { start, length }: Stretch, signal: AbortSignal) =>
  createReadStream(path, { start, end: start + length - 1, highWaterMark: 256 * 1024, signal });

/** SHA-256 of the stretch, base64. */
export async function checksum(file: SourceFile, stretch: Stretch, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(read(file, stretch, signal), hash);
  return hash.digest('base64');
}
