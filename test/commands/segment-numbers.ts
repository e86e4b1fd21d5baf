import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoId } from '../../domain/ids.ts';
import { initKey, segmentKey } from '../../domain/media/paths.ts';
import { seenFrames } from './frames.ts';
import { localCloud } from './local-cloud.ts';

/** The numbers burnt into a segment of attempt 1, as a player gets it: followed to where it is. */
export async function numbersIn(videoId: VideoId, rung: string, number: number): Promise<(number | undefined)[]> {
  const get = async (key: string) => {
    const answer = await fetch(`${localCloud().site}/${key}`);
    if (answer.status !== 200) throw new Error(`${key} was answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const directory = await mkdtemp(join(tmpdir(), 'segment-'));
  try {
    const file = join(directory, 'segment.mp4');
    const [init, segment] = [await get(initKey(videoId, 1, rung)), await get(segmentKey(videoId, 1, rung, number))];
    await writeFile(file, Buffer.concat([init, segment]));
    return (await seenFrames(file)).map((frame) => frame.number);
  } finally {
    await rm(directory, { recursive: true });
  }
}
