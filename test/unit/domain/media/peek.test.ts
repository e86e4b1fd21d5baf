import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsIndex, isCertain, isSamePlan } from '../../../../domain/media/peek.ts';
import { ReasonCode } from '../../../../domain/video/reasons.ts';
import { anyPlan } from './arbitrary.ts';

const box = (type: string, length: number, is64 = false): Buffer => {
  const bytes = Buffer.alloc(length, 0xee);
  bytes.writeUInt32BE(is64 ? 1 : length, 0);
  bytes.write(type, 4, 'latin1');
  if (is64) bytes.writeBigUInt64BE(BigInt(length), 8);
  return bytes;
};
const [ftyp, moov, samples] = [box('ftyp', 24), box('moov', 300), box('mdat', 2000)];

/** Whether the first 500 and the last 400 bytes of a file hold its index; no other byte may be read. */
function holds(...boxes: Buffer[]): Promise<boolean> {
  const file = Buffer.concat(boxes);
  const ranges = { head: { from: 0, to: 500 }, tail: { from: file.length - 400, to: file.length } };
  return holdsIndex(file.length, ranges, async (from, to) => {
    if (to > ranges.head.to && from < ranges.tail.from) throw new Error(`bytes ${from} to ${to} are not there`);
    return file.subarray(from, to);
  });
}

describe('head and tail hold the index of a file', () => {
  it.each<[string, Buffer[]]>([
    ['that begins with it', [ftyp, moov, samples]],
    ['that ends with it', [ftyp, samples, moov]],
    ['whose samples have a 64-bit length', [ftyp, box('mdat', 2000, true), moov]],
    ['with padding around it', [ftyp, box('free', 50), moov, samples, box('free', 60)]],
  ])('%s', async (_, boxes) => {
    expect(await holds(...boxes)).toBe(true);
  });

  it.each<[string, Buffer[]]>([
    ['that has it in the middle', [ftyp, samples, moov, box('free', 1000)]],
    ['whose index is larger than the tail', [ftyp, samples, box('moov', 500)]],
    ['whose index begins in the head and does not end there', [ftyp, box('moov', 600), samples]],
    ['that has none', [ftyp, samples, box('free', 100)]],
    ['that is fragmented', [ftyp, moov, box('moof', 40), samples]],
    ['of another kind', [Buffer.alloc(3000, 'text')]],
    ['that is all zeros', [Buffer.alloc(3000)]],
    ['whose last box claims more than there is', [ftyp, moov, samples.subarray(0, 1500)]],
  ])('but not of one %s', async (_, boxes) => {
    expect(await holds(...boxes)).toBe(false);
  });

  it('or it is said that they do not, whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1000, maxLength: 1200 }), async (bytes) => {
        expect(await holds(ftyp, Buffer.from(bytes))).toBeTypeOf('boolean');
      }),
    );
  });
});

it('what only the whole file can show is no verdict on its head and tail', () => {
  const uncertain = ReasonCode.options.filter((code) => !isCertain({ code, detail: '' }));
  expect(uncertain).toEqual(expect.arrayContaining(['truncated', 'damaged', 'source-missing', 'encode-failed']));
  expect(isCertain({ code: 'not-media', detail: '' })).toBe(true);
});

it('plans are the same that are, also after a journey as JSON, and no others', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(isSamePlan(plan, JSON.parse(JSON.stringify(plan)))).toBe(true);
      expect(isSamePlan(plan, { ...plan, totalFrames: plan.totalFrames + 1 })).toBe(false);
      expect(isSamePlan(plan, { ...plan, rungs: plan.rungs.map((rung) => ({ ...rung, eager: !rung.eager })) })).toBe(
        false,
      );
    }),
  );
});
