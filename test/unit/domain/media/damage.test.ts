import { describe, expect, it } from 'vitest';
import { isFrozen } from '../../../../domain/media/damage.ts';

const at = (source: number, title: number, variable = false) => ({
  rate: { num: title, den: 1 },
  video: { sourceRate: { num: source, den: 1 }, variable },
});
const chunk = (repeated: number, complained = true, undecoded = 1000) => ({
  frames: 360,
  repeated,
  undecoded,
  complained,
});

describe('a picture that stands still', () => {
  it('for over two seconds that the decoder complained of, is damage', () => {
    expect(isFrozen(at(30, 30), chunk(60))).toBe(false);
    expect(isFrozen(at(30, 30), chunk(61))).toBe(true);
  });
  it('is none where the decoder found nothing wrong: nothing moved', () => {
    expect(isFrozen(at(30, 30), chunk(300, false))).toBe(false);
  });
  it('is none where no frames were: a reception that breaks off leaves a damaged one and then nothing', () => {
    expect(isFrozen(at(30, 30), chunk(300, true, 3))).toBe(false);
  });
  it('is none where frames come as they like', () => {
    expect(isFrozen(at(30, 30, true), chunk(300))).toBe(false);
  });
  it('is counted beyond the repeats that a slower source needs', () => {
    expect(isFrozen(at(15, 30), chunk(180 + 60))).toBe(false);
    expect(isFrozen(at(15, 30), chunk(180 + 61))).toBe(true);
    expect(isFrozen(at(60, 30), chunk(61))).toBe(true);
  });
});
