import { ffmpeg } from './binaries.ts';

/** A JPEG file of a test card, as ffmpeg writes it: with a comment that names it. */
export async function testCard(width: number, height = width): Promise<Buffer> {
  const source = `testsrc2=size=${width}x${height}:rate=1`;
  const { stdout } = await ffmpeg(['-f', 'lavfi', '-i', source, '-frames:v', '1', '-f', 'mjpeg', '-']);
  return stdout;
}

/** The same file with a segment of metadata behind its first marker. */
export function withSegment(jpeg: Uint8Array, marker: number, content: string): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
