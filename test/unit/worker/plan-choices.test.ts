import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../domain/media/ladder.ts';
import { plan } from '../../../domain/media/plan.ts';
import { choicesOf } from '../../../worker/media/plan-choices.ts';

const env = { EAGER_LINES: 1080, PROTECTION: 'clear', ENGINE: 'mediaconvert', MEDIACONVERT_REACH: 'all' } as const;

describe('how a title is processed', () => {
  it('is for its environment to say, and for its creator where they do', () => {
    expect(choicesOf({}, env)).toEqual({ eagerLines: 1080, protection: 'clear', engine: 'mediaconvert' });
    const processing = { eagerLines: 360, protection: 'cbcs', engine: 'workers' } as const;
    expect(choicesOf({ processing }, env)).toEqual(processing);
    expect(choicesOf({ processing: { eagerLines: 0 } }, env)).toMatchObject({ eagerLines: 0, protection: 'clear' });
  });

  /** The rungs of a title, those that are made at once and those that are made when they are watched. */
  const rungs = (picture: Picture, eagerLines: number) => {
    const video = {
      streamIndex: 0,
      codec: 'h264',
      picture,
      rate: { num: 30, den: 1 },
      colors: { transfer: 'sdr', system: 'bt709', fullRange: false },
      interlaced: false,
      variable: false,
      offsetSeconds: 0,
      durationSeconds: 60,
    } as const;
    const title = plan({ videoId: 'v', attempt: 1 }, 'k', { container: 'mov', video, audio: [] }, { eagerLines });
    const named = (eager: boolean) => title.rungs.filter((rung) => rung.eager === eager).map(({ name }) => name);
    return [named(true), named(false)];
  };
  const [low, high] = [
    ['360p', '480p', '720p', '1080p'],
    ['1440p', '2160p'],
  ];

  it.each([
    ['as the environments have it', { width: 3840, height: 2160 }, 1080, low, high],
    ['of a phone held upright', { width: 2160, height: 3840 }, 1080, low, high],
    ['all of them', { width: 3840, height: 2160 }, 2160, [...low, ...high], []],
    ['the lowest at the least', { width: 1280, height: 720 }, 0, ['360p'], ['480p', '720p']],
  ])('makes at once the rungs of so many lines, the others when they are watched: %s', (_, picture, lines, ...made) => {
    expect(rungs(picture, lines)).toEqual(made);
  });
});
