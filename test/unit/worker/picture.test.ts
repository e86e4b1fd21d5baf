import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePicture } from '../../../worker/media/picture.ts';
import { binary, ffmpeg, ffprobe } from '../../commands/binaries.ts';
import { png } from '../../commands/png.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'picture-'));
});
afterAll(() => rm(cwd, { recursive: true }));

const make = (sent: Buffer) =>
  makePicture(binary('FFMPEG'), sent, { cwd, signal: new AbortController().signal, urgency: 'express' });

async function drawn(encoder: string, size: string, ...more: string[]): Promise<Buffer> {
  const source = ['-f', 'lavfi', '-i', `testsrc2=s=${size}`, '-frames:v', '1', ...more];
  return (await ffmpeg([...source, '-c:v', encoder, '-f', 'image2pipe', 'pipe:1'])).stdout;
}

async function sizeOf(body: Buffer): Promise<unknown> {
  const file = join(cwd, 'made.jpg');
  await writeFile(file, body);
  const { streams } = (await ffprobe(file, '-show_streams')) as {
    streams: { codec_name: string; width: number; height: number }[];
  };
  return streams.map(({ codec_name, width, height }) => [codec_name, width, height]);
}

describe('a picture that was sent', () => {
  it.each([
    ['a photograph', 'mjpeg', '3000x2000', [1080, 720]],
    ['a screenshot', 'png', '2560x1440', [1280, 720]],
    ['one for the web', 'libwebp', '1000x1600', [720, 1152]],
    ['a small one', 'png', '321x180', [320, 180]],
  ])('%s becomes a JPEG that fits the box, and is never enlarged', async (_, encoder, size, [width, height]) => {
    const pixels = encoder === 'mjpeg' ? ['-pix_fmt', 'yuvj420p'] : [];
    const made = await make(await drawn(encoder, size, ...pixels));
    if (!('body' in made)) expect.fail(made.problem);
    expect(await sizeOf(made.body)).toEqual([['mjpeg', width, height]]);
  });

  it.each(['png', 'mjpeg'])(
    'leaves behind what else is in its file (%s), as phones put films there',
    async (encoder) => {
      const secret = 'words of a stranger';
      const picture = await drawn(encoder, '64x64', '-pix_fmt', encoder === 'png' ? 'rgb24' : 'yuvj420p');
      const made = await make(Buffer.concat([picture, Buffer.from(`<script>${secret}</script>`)]));
      if (!('body' in made)) expect.fail(made.problem);
      expect(made.body.includes(secret)).toBe(false);
    },
  );

  it.each([
    ['nothing', Buffer.alloc(0), 'not-a-picture'],
    ['SVG', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'not-a-picture'],
    ['a playlist', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'), 'not-a-picture'],
    [
      'a page that begins like a JPEG',
      Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from('<script>')]),
      'picture-damaged',
    ],
    ['a bomb of 60,000 by 60,000 pixels', png(60_000, 60_000, 10), 'picture-too-large'],
    ['a bomb of more pixels than there are numbers', png(0x7fff_ffff, 0x7fff_ffff, 0), 'picture-too-large'],
    ['a picture that is cut off', png(2000, 2000, 500).subarray(0, 2000), 'picture-damaged'],
  ])('is refused if it is %s', async (_, sent, problem) => {
    expect(await make(sent)).toEqual({ problem });
  });
});
