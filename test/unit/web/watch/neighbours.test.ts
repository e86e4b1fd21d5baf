import { describe, expect, it } from 'vitest';
import { neighbours } from '../../../../web/watch/queue/neighbours.ts';

describe('in a list', () => {
  it.each([
    ['a', { index: 0, previous: undefined, next: 'b' }],
    ['b', { index: 1, previous: 'a', next: 'c' }],
    ['c', { index: 2, previous: 'b', next: undefined }],
    ['x', { index: -1, previous: undefined, next: undefined }],
  ])('what is beside %s', (current, beside) => {
    expect(neighbours(['a', 'b', 'c'], current)).toEqual(beside);
  });
});
