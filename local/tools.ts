import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { home } from './instance.ts';

const Tools = z.object({ python: z.string(), ffmpeg: z.string(), ffprobe: z.string(), packager: z.string() });

/** The Python and the media binaries that the set-up installed. */
export const tools = (): z.infer<typeof Tools> =>
  Tools.parse(JSON.parse(readFileSync(join(home, 'tools.json'), 'utf8')));

/** Names of the media binaries in an environment: the worker's and the tests'. */
export function mediaEnvironment() {
  const { ffmpeg, ffprobe, packager } = tools();
  return { FFMPEG: ffmpeg, FFPROBE: ffprobe, PACKAGER: packager };
}
