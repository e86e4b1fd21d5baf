import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { reasons } from '../../domain/video/reasons.ts';
import { Rejection } from '../../worker/failures.ts';
import { binary } from '../commands/binaries.ts';
import { canaryFile } from '../commands/canary-file.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { bombs } from '../commands/crafted-bombs.ts';
import { type CraftedFile, cutAtEachBox, cutInHeads, flipped, honest } from '../commands/crafted-files.ts';
import { astray } from '../commands/crafted-fragments.ts';
import { smuggling } from '../commands/crafted-smuggling.ts';
import { makeStream } from '../commands/made-stream.ts';
import { processesIn } from '../commands/processes-in.ts';
import { soon } from '../commands/soon.ts';
import { streamFaults } from '../commands/stream-check.ts';
import { trap } from '../commands/trap.ts';

/**
 * Files made to break the engine, given to it as the worker would. Each must end in a typed verdict or in a clean stream,
 * soon, with nothing read but the file, and with no process left.
 */

const scratch = mkdtempSync(join(tmpdir(), 'crafted-'));
const secretText = 'the-secret-of-another-creator';
const secret = canaryFile(join(scratch, 'secret.txt'), secretText);

const nobody = await trap();
afterAll(() => {
  nobody[Symbol.dispose]();
  secret[Symbol.dispose]();
  rmSync(scratch, { recursive: true });
});

const whole = await honest();
const index = { from: whole.indexOf('moov'), to: whole.indexOf('mdat') };
const media = { from: whole.indexOf('mdat') + 8, to: whole.length };
const flips = (where: string, count: number, bytes: number, within: { from: number; to: number }): CraftedFile[] =>
  Array.from({ length: count }, (_, i) => ({
    is: `${bytes} bytes of its ${where} changed, ${i + 1}`,
    bytes: flipped(whole, 1000 * bytes + i + 1, bytes, within),
  }));

const families: Readonly<Record<string, readonly CraftedFile[]>> = {
  'that points elsewhere': await smuggling(secret.path, nobody.url),
  'that wants to be large': await bombs(),
  'that leads astray': await astray(),
  'that breaks off': [...cutAtEachBox(whole), ...cutInHeads(whole)],
  'that is damaged': [
    ...flips('index', 24, 3, index),
    ...flips('media', 12, 40, media),
    ...flips('first bytes', 8, 4, { from: 0, to: 64 }),
  ],
};

let made = 0;
/** What takes the most has a picture as large as may be, and no file may do worse. */
const patienceMs = 90_000;

describe.each(Object.entries(families))('a file %s', (_, files) => {
  it.each(files)('$is', { timeout: patienceMs }, async ({ bytes }) => {
    const directory = join(scratch, String(++made));
    const file = `${directory}.mp4`;
    writeFileSync(file, bytes);
    const outcome = await makeStream(file, directory).catch((error: unknown) => error);
    expect(processesIn(directory)).toEqual([]);
    expect(secret.wasRead()).toBe(false);
    expect(nobody.visitors()).toBe(0);
    if (outcome instanceof Error) {
      if (!(outcome instanceof Rejection)) throw outcome;
      expect(reasons[outcome.reason.code].end).toBe('rejected');
      expect(outcome.reason.detail).not.toContain(secretText);
    } else {
      const { plan } = outcome as Awaited<ReturnType<typeof makeStream>>;
      const expected = { rate: plan.rate, frames: plan.totalFrames, audioTracks: plan.audio.length };
      expect(await streamFaults(outcome as Awaited<ReturnType<typeof makeStream>>, expected)).toEqual([]);
    }
    rmSync(directory, { recursive: true, force: true });
  });
});

it('a title whose middle is destroyed is damaged, not a picture that stands still', async () => {
  const { file } = await clip({ ...ordinary, width: 320, height: 180, seconds: 12, gopFrames: 30 });
  const bytes = readFileSync(file);
  const from = bytes.indexOf('mdat') + 4;
  const length = bytes.readUInt32BE(from - 8) - 8;
  bytes.fill(0, from + Math.round(length * 0.35), from + Math.round(length * 0.7));
  const broken = join(scratch, 'broken.mp4');
  writeFileSync(broken, bytes);
  await expect(makeStream(broken, join(scratch, 'broken'))).rejects.toMatchObject({ reason: { code: 'damaged' } });
});

it('a reader that is not held back is noticed, at the file and at the address that files point at', async () => {
  const list = join(scratch, 'list.txt');
  const loose = ['-safe', '0', '-protocol_whitelist', 'file,http,tcp', '-f', 'concat', '-i', list, '-f', 'null', '-'];
  const canaries: [string, () => boolean][] = [
    [secret.path, secret.wasRead],
    [`${nobody.url}/1`, () => nobody.visitors() > 0],
  ];
  for (const [target, noticed] of canaries) {
    writeFileSync(list, `ffconcat version 1.0\nfile '${target}'\n`);
    const reader = execFile(binary('FFMPEG'), ['-nostdin', ...loose]);
    try {
      await soon(() => expect(noticed()).toBe(true));
    } finally {
      // A pipe has no end: it would wait for more.
      reader.kill('SIGKILL');
    }
  }
});
