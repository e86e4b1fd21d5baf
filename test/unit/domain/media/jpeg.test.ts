import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainJpeg } from '../../../../domain/media/jpeg.ts';
import { ffmpeg } from '../../../commands/binaries.ts';
import { testCard, withSegment } from '../../../commands/jpeg.ts';

const sides = { minSide: 64, maxSide: 256 };
let card: Buffer;

beforeAll(async () => {
  card = await testCard(128);
});

function plain(file: Uint8Array) {
  const made = plainJpeg(file, sides);
  if (typeof made === 'string') throw new Error(made);
  return made;
}

/** MD5 of the pixels that a decoder makes of it. */
async function pixels(jpeg: Uint8Array): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'jpeg-'));
  try {
    const file = join(directory, 'a.jpg');
    await writeFile(file, jpeg);
    return (await ffmpeg(['-xerror', '-i', file, '-f', 'md5', '-'])).stdout.toString();
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe('a JPEG as it is served', () => {
  it('shows the same pixels, and says its side', async () => {
    const made = plain(card);
    expect(made.side).toBe(128);
    expect(await pixels(made.bytes)).toBe(await pixels(card));
  });

  it('has no metadata, and nothing behind its end', () => {
    const exif = withSegment(withSegment(card, 0xe1, 'Exif\0\0 51.5N 0.1W'), 0xfe, 'who took it');
    const dressed = Buffer.concat([exif, Buffer.from('<script>a film</script>')]);
    const text = Buffer.from(plain(dressed).bytes).toString('latin1');
    for (const secret of ['Exif', '51.5N', 'who took it', '<script>', 'Lavc']) expect(text).not.toContain(secret);
    expect(plain(dressed).bytes).toEqual(plain(card).bytes);
    expect(plain(plain(card).bytes).bytes).toEqual(plain(card).bytes);
  });

  it('is of a square within bounds, of whatever else is sent nothing is', async () => {
    expect(plainJpeg(await testCard(128, 64), sides)).toBe('not-a-picture');
    expect(plainJpeg(await testCard(32), sides)).toBe('not-a-picture');
    expect(plainJpeg(await testCard(512), sides)).toBe('not-a-picture');
    expect(plainJpeg(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), sides)).toBe('not-a-picture');
    expect(plainJpeg(new Uint8Array(), sides)).toBe('not-a-picture');
  });

  it('is not made of a file that ends early, has two frames, or scans without end', () => {
    const start = card.indexOf(Buffer.from([0xff, 0xda]));
    const frame = card.indexOf(Buffer.from([0xff, 0xc0]));
    const scan = card.subarray(start, -2);
    const frames = Buffer.concat([card.subarray(0, start), card.subarray(frame, start), card.subarray(start)]);
    const bomb = Buffer.concat([card.subarray(0, start), ...Array.from({ length: 21 }, () => scan), card.subarray(-2)]);
    for (const file of [card.subarray(0, -2), card.subarray(0, start + 4), frames, bomb])
      expect(plainJpeg(file, sides)).toBe('picture-damaged');
  });

  it('comes to an end with any file, and is never longer than it', () => {
    const damaged = fc.tuple(fc.nat({ max: card.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(damaged, { minLength: 1, maxLength: 8 }), (changes) => {
        const file = Buffer.from(card);
        for (const [at, byte] of changes) file[at] = byte;
        const made = plainJpeg(file, sides);
        if (typeof made !== 'string') expect(made.bytes.length).toBeLessThanOrEqual(file.length);
      }),
    );
  });
});
