import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutOf } from '../../../../domain/media/boxes.ts';

const box = (type: string, body: number) => {
  const bytes = Buffer.alloc(8 + body);
  bytes.writeUInt32BE(8 + body, 0);
  bytes.write(type, 4, 'latin1');
  return bytes;
};
const wide = (type: string, body: number) => {
  const bytes = Buffer.alloc(16 + body);
  bytes.writeUInt32BE(1, 0);
  bytes.write(type, 4, 'latin1');
  bytes.writeBigUInt64BE(BigInt(16 + body), 8);
  return bytes;
};
const layout = (file: Buffer) => layoutOf(file.length, async (from, to) => file.subarray(from, to));

it('finds whole files complete, with the index before or after the media, and with 64-bit lengths', async () => {
  expect(await layout(Buffer.concat([box('ftyp', 16), box('moov', 99), box('mdat', 1000)]))).toEqual({
    kind: 'complete',
  });
  expect(await layout(Buffer.concat([box('ftyp', 16), wide('mdat', 1000), box('moov', 99)]))).toEqual({
    kind: 'complete',
  });
});

it('tells a file cut anywhere within or before its media from a whole one', async () => {
  const file = Buffer.concat([box('ftyp', 16), box('moov', 99), box('mdat', 1000)]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 24 + 107, max: file.length - 1 }), async (length) => {
      expect((await layout(file.subarray(0, length))).kind).toBe('truncated');
    }),
  );
});

it('has no opinion on other formats', async () => {
  expect(await layout(Buffer.from('\x1aE\xdf\xa3 matroska, say'))).toEqual({ kind: 'not-iso-bmff' });
  expect(await layout(Buffer.from('#EXTM3U\nfile:///etc/passwd\n'))).toEqual({ kind: 'not-iso-bmff' });
});

it('reads to the end of the file where a length is 0, and ignores padding', async () => {
  const open = box('mdat', 500);
  open.writeUInt32BE(0, 0);
  expect(await layout(Buffer.concat([box('ftyp', 16), box('moov', 9), open]))).toEqual({ kind: 'complete' });
  expect(await layout(Buffer.concat([box('ftyp', 16), box('moov', 9), box('mdat', 5), Buffer.alloc(32)]))).toEqual({
    kind: 'complete',
  });
});
