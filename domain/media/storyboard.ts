import { storyboardSheetPath } from './paths.ts';
import type { Plan } from './plan.ts';
import { framesPerSecond } from './rate.ts';
import { type Chunk, chunks } from './timeline.ts';

/**
 * The storyboard: small pictures of the title at even distances, many to a file, for a player to show where a seek would go.
 * A sheet is made of a chunk, by the job that encodes it: so it comes with its chunk, in its order, and needs no reading again.
 */
export interface Sheet {
  /** From 1: of its chunk. Chunks that are shorter than the distance may have none. */
  readonly number: number;
  /** The title's frames that it shows, in rows from the top left. */
  readonly frames: readonly number[];
  readonly columns: number;
}

/** A title has at most so many pictures, whatever its length: some 10 MB, and a track of 100 KB. */
const maxTiles = 1500;
/** Wide enough to see who is in it; as wide as thumbnails of a list would be. */
const tileBox = { long: 192, short: 108 };
const maxColumns = 4;

/** Frames from one picture to the next: a second of them, doubled until there are few enough. */
export function tileDistance(plan: Pick<Plan, 'rate' | 'totalFrames'>): number {
  let distance = Math.round(framesPerSecond(plan.rate));
  while (Math.ceil(plan.totalFrames / distance) > maxTiles) distance *= 2;
  return distance;
}

/** The size of one picture: the title's shape, in even numbers. */
export function tileSize({ rungs }: Pick<Plan, 'rungs'>): { width: number; height: number } {
  const { width = 16, height = 9 } = rungs[0] ?? {};
  const box = width >= height ? { w: tileBox.long, h: tileBox.short } : { w: tileBox.short, h: tileBox.long };
  const scale = Math.min(box.w / width, box.h / height);
  const even = (length: number) => Math.max(2, 2 * Math.round((length * scale) / 2));
  return { width: even(width), height: even(height) };
}

/** The sheet of a chunk; undefined if no picture is due in it. */
export function sheetOf(plan: Plan, { index, firstFrame, frames }: Chunk): Sheet | undefined {
  const distance = tileDistance(plan);
  const first = Math.ceil(firstFrame / distance);
  const count = Math.ceil((firstFrame + frames) / distance) - first;
  if (count <= 0) return undefined;
  return {
    number: index + 1,
    frames: Array.from({ length: count }, (_, i) => (first + i) * distance),
    columns: Math.min(count, maxColumns),
  };
}

/** The sheets of a title, in order. */
export const sheets = (plan: Plan): Sheet[] => chunks(plan).flatMap((chunk) => sheetOf(plan, chunk) ?? []);

/** A WebVTT timestamp (W3C WebVTT section 4.2). */
function timestamp(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const rest = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${rest}`;
}

/**
 * The thumbnails track: WebVTT whose cues name a picture within a sheet by a spatial media fragment (W3C Media Fragments
 * section 4.2.2), as players read it.
 */
export function storyboardTrack(plan: Plan, made: readonly Sheet[]): string {
  const { width, height } = tileSize(plan);
  const at = (frame: number) => timestamp((Math.min(frame, plan.totalFrames) * plan.rate.den) / plan.rate.num);
  const distance = tileDistance(plan);
  const cues = made.flatMap(({ number, frames, columns }) =>
    frames.map((frame, i) => {
      const place = [(i % columns) * width, Math.floor(i / columns) * height, width, height].join(',');
      return `\n${at(frame)} --> ${at(frame + distance)}\n${storyboardSheetPath(number)}#xywh=${place}\n`;
    }),
  );
  return `WEBVTT\n${cues.join('')}`;
}
