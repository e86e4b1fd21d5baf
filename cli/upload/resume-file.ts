import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UploadId, VideoId } from '../../domain/ids.ts';
import { readJson, writeJson } from '../json-file.ts';
import { uploadsDirectory } from '../places.ts';
import type { SourceFile } from './source-file.ts';

/** An upload under way: only which one it is. What has arrived, the server knows. */
const Resumable = z.object({
  site: z.string(),
  path: z.string(),
  uploadId: UploadId,
  videoId: VideoId,
  /** When it began, in milliseconds since the epoch. */
  startedAt: z.number(),
});
export type Resumable = z.infer<typeof Resumable>;

/** A file that was changed has another time or size, hence another name here, and begins anew. */
function pathFor(site: string, { path, sizeBytes, mtimeMs }: SourceFile): string {
  const name = createHash('sha256').update([site, path, sizeBytes, mtimeMs].join('\0')).digest('hex');
  return join(uploadsDirectory(), `${name}.json`);
}

export const recall = (site: string, file: SourceFile) => readJson(pathFor(site, file), Resumable);

export const remember = (
  site: string,
  file: SourceFile,
  { uploadId, videoId, startedAt }: Pick<Resumable, 'uploadId' | 'videoId' | 'startedAt'>,
) => writeJson(pathFor(site, file), { site, path: file.path, uploadId, videoId, startedAt });

export const forget = (site: string, file: SourceFile) => rm(pathFor(site, file), { force: true });
