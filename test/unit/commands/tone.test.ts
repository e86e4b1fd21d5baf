import { beforeAll, describe, expect, test } from 'vitest';
import { clip, ordinary } from '../../commands/clip.ts';
import type { Sound } from '../../commands/demodulate.ts';
import { decodedSound, soundFaults } from '../../commands/tone.ts';

const expected = { toneSeconds: 6, fadeInSeconds: 0.045 };
let sound: Sound;

beforeAll(async () => {
  sound = await decodedSound((await clip({ ...ordinary, seconds: 6 })).file);
});

/** The sound with samples from `at` on replaced by what `change` makes of all that follow. */
function changed(at: number, change: (rest: Float32Array) => Iterable<number>): Sound {
  return {
    ...sound,
    samples: Float32Array.from([...sound.samples.subarray(0, at), ...change(sound.samples.subarray(at))]),
  };
}

describe('the tone of a clip', () => {
  test('is whole in the clip itself', () => {
    expect(soundFaults(sound, { ...expected, samples: 288_000 })).toEqual([]);
  });

  test.for([1, 48, 1024])('shows that %i samples are missing', (count) => {
    expect(
      soundFaults(
        changed(200_000, (rest) => rest.subarray(count)),
        expected,
      ),
    ).not.toEqual([]);
  });

  test('shows that 1,024 samples came twice', () => {
    expect(
      soundFaults(
        changed(200_000, (rest) => [...rest.subarray(0, 1024), ...rest]),
        expected,
      ),
    ).not.toEqual([]);
  });

  test('shows 5 ms of silence', () => {
    const silenced = changed(200_000, (rest) => rest.map((sample, i) => (i < 240 ? 0 : sample)));
    expect(soundFaults(silenced, expected)).not.toEqual([]);
  });

  test('shows a seam at which an encoder began from nothing', () => {
    const faded = changed(192_000, (rest) => rest.map((sample, i) => (i < 1024 ? (sample * i) / 1024 : sample)));
    expect(soundFaults(faded, expected)).not.toEqual([]);
  });

  test('shows a change of level of 2 dB', () => {
    expect(
      soundFaults(
        changed(144_000, (rest) => rest.map((sample) => sample * 1.26)),
        expected,
      ),
    ).not.toEqual([]);
  });

  test('shows sound that is 20 ms late, by every beep', () => {
    const late = changed(0, (rest) => [...new Float32Array(960), ...rest]);
    const beeps = soundFaults(late, { ...expected, fadeInSeconds: 0.1 }).filter((fault) =>
      fault.startsWith('the beep'),
    );
    expect(beeps).toHaveLength(6);
    expect(beeps[0]).toBe('the beep due at 0.500 s is 20.0 ms late');
  });

  test('shows that there is none', () => {
    expect(
      soundFaults(
        changed(0, (rest) => new Float32Array(rest.length)),
        expected,
      ),
    ).toContain('no tone: its level is 0.0000');
  });
});
