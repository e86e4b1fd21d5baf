import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as hls from 'hls-parser';
import { ffmpeg } from './binaries.ts';
import { seenFrames } from './frames.ts';
import { pathFrom, type ReadObject, readText } from './listing.ts';

/** A cue of a thumbnails track. Times in seconds; the place within the sheet in pixels. */
export interface Thumbnail {
  readonly start: number;
  readonly end: number;
  readonly sheet: string;
  readonly place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const cue = /^(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3})\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/;
const secondsOf = (h = '', m = '', s = '') => Number(h) * 3600 + Number(m) * 60 + Number(s);

/** What a thumbnails track lists. @throws Error if it is no WebVTT file of such cues alone. */
export async function thumbnails(read: ReadObject, path: string): Promise<Thumbnail[]> {
  const [head, ...blocks] = (await readText(read, path)).trimEnd().split('\n\n');
  if (head !== 'WEBVTT') throw new Error(`${path} is no WebVTT file`);
  return blocks.map((block) => {
    const [whole, h1, m1, s1, h2, m2, s2, uri, ...place] = cue.exec(block) ?? [];
    if (whole === undefined || uri === undefined) throw new Error(`${path}: not a thumbnail: ${block}`);
    const [x = 0, y = 0, width = 0, height = 0] = place.map(Number);
    return {
      start: secondsOf(h1, m1, s1),
      end: secondsOf(h2, m2, s2),
      sheet: pathFrom(path, uri),
      place: { x, y, width, height },
    };
  });
}

async function inScratch<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'pictures-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The number burnt into each thumbnail, as it is cut out of its sheet. */
export async function thumbnailNumbers(
  read: ReadObject,
  listed: readonly Thumbnail[],
): Promise<(number | undefined)[]> {
  return inScratch(async (directory) => {
    const numbers: (number | undefined)[] = [];
    for (const { sheet, place } of listed) {
      const [file, tile] = [join(directory, 'sheet.jpg'), join(directory, 'tile.mkv')];
      await writeFile(file, await read(sheet));
      const { x, y, width, height } = place;
      await ffmpeg(['-y', '-i', file, '-vf', `crop=${width}:${height}:${x}:${y}:exact=1`, '-c:v', 'ffv1', tile]);
      numbers.push((await seenFrames(tile))[0]?.number);
    }
    return numbers;
  });
}

/** An entry of an I-frame playlist. */
export interface ListedIFrame {
  readonly seconds: number;
  readonly init: string;
  readonly segment: string;
  readonly offset: number;
  readonly length: number;
}

/** The I-frame streams of a master playlist, with what their playlists list; read by hls-parser. */
export async function iFrameStreams(read: ReadObject, masterPath: string) {
  const master = hls.parse(await readText(read, masterPath)) as hls.types.MasterPlaylist;
  return Promise.all(
    master.variants
      .filter((variant) => variant.isIFrameOnly)
      .map(async ({ uri, bandwidth, averageBandwidth, codecs, resolution }) => {
        const path = pathFrom(masterPath, uri);
        const playlist = hls.parse(await readText(read, path)) as hls.types.MediaPlaylist;
        if (!playlist.isIFrame || !playlist.endlist) throw new Error(`${path} is no finished I-frame playlist`);
        const entries = playlist.segments.map(
          (s): ListedIFrame => ({
            seconds: s.duration,
            init: pathFrom(path, s.map?.uri ?? ''),
            segment: pathFrom(path, s.uri),
            ...{ offset: s.byterange?.offset ?? Number.NaN, length: s.byterange?.length ?? Number.NaN },
          }),
        );
        return { uri, bandwidth, averageBandwidth, codecs, resolution, entries };
      }),
  );
}

/**
 * The numbers burnt into the frames of one entry: its initialization segment and its bytes, and nothing else. `contentKey`,
 * hexadecimal, of an encrypted title.
 */
export async function iFrameNumbers(
  read: ReadObject,
  { init, segment, offset, length }: ListedIFrame,
  contentKey?: string,
): Promise<(number | undefined)[]> {
  return inScratch(async (directory) => {
    const [file, clear] = [join(directory, 'i-frame.mp4'), join(directory, 'clear.mp4')];
    const bytes = (await read(segment)).subarray(offset, offset + length);
    await writeFile(file, Buffer.concat([await read(init), bytes]));
    if (contentKey === undefined) return (await seenFrames(file)).map(({ number }) => number);
    await ffmpeg(['-decryption_key', contentKey, '-i', file, '-map', '0:v', '-c', 'copy', '-copyts', clear]);
    return (await seenFrames(clear)).map(({ number }) => number);
  });
}
