import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClipOptions, clip, ordinary } from '../commands/clip.ts';
import { beep, beepTimes } from '../commands/clip-sound.ts';
import { burstTimes } from '../commands/demodulate.ts';
import { fetchTrack } from '../commands/fetched-track.ts';
import { seenFrames } from '../commands/frames.ts';
import { readHls } from '../commands/hls-listing.ts';
import { type MadeStream, makeStream } from '../commands/made-stream.ts';
import { type Retiming, retimed } from '../commands/retimed.ts';
import { decodedSound } from '../commands/tone.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'clocks-'));
});
afterAll(() => rm(scratch, { recursive: true }));

const seconds = 16;
const framesPerSecond = 30;
const source: ClipOptions = { ...ordinary, seconds, width: 192, height: 108, gopFrames: 30, container: 'ts' };
/** The clock jumps within the first of two chunks. Seconds; what is first decoded in the file comes at 1.4. */
const jumpsAt = 6 + 1.4;
const wrapSeconds = 2 ** 33 / 90_000;

async function made(name: string, retiming: Retiming): Promise<MadeStream> {
  const file = join(scratch, `${name}.ts`);
  await writeFile(file, retimed(await readFile((await clip(source)).file), retiming));
  return makeStream(file, join(scratch, name));
}

/** When each frame of the source is first shown, by its number, and when its beeps are heard. Seconds. */
async function found({ read, hls }: MadeStream) {
  const { tracks } = await readHls(read, hls);
  const file = async (kind: 'video' | 'audio') => {
    const listed = tracks.find((t) => t.kind === kind) ?? expect.fail(`no ${kind}`);
    const path = join(scratch, `track-${kind}.mp4`);
    await writeFile(path, (await fetchTrack(read, listed)).bytes);
    return path;
  };
  const seen = await seenFrames(await file('video'));
  const shown = new Map<number | undefined, number>();
  for (const { number, ptsSeconds } of seen) if (!shown.has(number)) shown.set(number, ptsSeconds);
  // Beside a gap one beep may be heard as two.
  const bursts = burstTimes(await decodedSound(await file('audio')), beep.hertz, beep.seconds);
  const heard = bursts.filter((at, i) => i === 0 || at - (bursts[i - 1] ?? 0) > 0.1);
  return { seen, shown, heard };
}

/** What is wrong with the step of picture and sound: each beep belongs to a frame. */
function stepFaults({ shown, heard }: Awaited<ReturnType<typeof found>>): string[] {
  const due = beepTimes(seconds);
  if (heard.length !== due.length) return [`${heard.length} beeps of ${due.length}`];
  return heard.flatMap((at, i) => {
    const number = Math.round((due[i] ?? 0) * framesPerSecond);
    const picture = shown.get(number) ?? Number.NaN;
    return Math.abs(at - picture) < 0.04 ? [] : [`frame ${number} is shown at ${picture}, its beep heard at ${at}`];
  });
}

describe('a gap in the times of a transport stream', () => {
  const gap = 25;
  const cut = 6 * framesPerSecond;

  it('is held, over seams and through whole chunks, and behind it picture and sound are in step', async () => {
    const stream = await made('gap', { shift: (at) => (at < jumpsAt ? 0 : gap), isTold: true });
    const is = await found(stream);
    expect(stepFaults(is)).toEqual([]);
    expect(is.seen.length).toBe((seconds + gap) * framesPerSecond);
    const shift = gap * framesPerSecond;
    const wrong = is.seen.filter(({ index, number = -1 }) => {
      const due = index < cut ? index : index < cut + shift ? cut - 1 : index - shift;
      return Math.abs(number - due) > 1;
    });
    expect(wrong).toEqual([]);
    // Between: not a beep, and the next one where it belongs.
    expect(is.heard.filter((at) => at > 6.1 && at < 6 + gap)).toEqual([]);
  });

  const jump = (seconds: number) => ({ shift: (at: number) => (at < jumpsAt ? 2000 : 2000 + seconds) });

  it.each([
    { what: 'of three hours', retiming: jump(3 * 3600) },
    { what: 'that is a jump back by half an hour', retiming: jump(-1800) },
    { what: 'that is the end of 33 bits', retiming: { shift: () => wrapSeconds - jumpsAt } },
    // Sound that is sent behind its picture is of the time before the jump when the picture is not: a gap that is held.
    { what: 'that is a jump back by four seconds', retiming: jump(-4), stillSeconds: 4 },
  ])(
    '$what is closed: nothing is lost, and picture and sound are in step',
    async ({ what, retiming, stillSeconds = 0 }) => {
      const is = await found(await made(what.replaceAll(' ', '-'), retiming));
      expect(stepFaults(is)).toEqual([]);
      expect(Math.abs(is.seen.length - (seconds + stillSeconds) * framesPerSecond)).toBeLessThanOrEqual(2);
      const numbers = is.seen.map(({ number = -1 }) => number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(new Set(numbers).size).toBeGreaterThanOrEqual(seconds * framesPerSecond - 2);
    },
  );
});
