import { expect, it } from 'vitest';
import { engineOf } from '../../../../domain/media/engine.ts';

it.each([
  ['mediaconvert', 'clear', 'clear', 'mediaconvert'],
  ['mediaconvert', 'all', 'cbcs', 'mediaconvert'],
  // Our own key would have to stand in the settings of the job.
  ['mediaconvert', 'clear', 'cbcs', 'workers'],
  ['mediaconvert', 'nothing', 'clear', 'workers'],
  ['workers', 'all', 'cbcs', 'workers'],
] as const)(
  'a wish for %s, where MediaConvert may have %s, for a title that is %s: %s',
  (wish, reach, protection, engine) => {
    expect(engineOf(wish, reach, protection)).toBe(engine);
  },
);
