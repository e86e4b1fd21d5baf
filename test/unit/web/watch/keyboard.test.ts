import { describe, expect, it } from 'vitest';
import { commandOf, type Focus } from '../../../../web/watch/player/keyboard.ts';

const press = (
  key: string,
  focus: Focus = 'page',
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'repeat', boolean>> = {},
) => commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...held }, focus);

describe('the keys of the player', () => {
  it('play, skip and jump', () => {
    expect(press(' ')).toEqual({ kind: 'toggle' });
    expect(press('ArrowRight')).toEqual({ kind: 'skip', seconds: 5 });
    expect(press('J')).toEqual({ kind: 'skip', seconds: -10 });
    expect(press('i')).toEqual({ kind: 'info' });
    expect(press('7')).toEqual({ kind: 'jump', to: 0.7 });
    expect(press('c')).toEqual({ kind: 'text' });
    expect(press('x')).toBeUndefined();
  });

  it('are left to the browser with a modifier, and to a text field always', () => {
    expect(press('f', 'page', { ctrlKey: true })).toBeUndefined();
    expect(press('l', 'page', { metaKey: true })).toBeUndefined();
    expect(press('k', 'text')).toBeUndefined();
  });

  it('leave a focused button its space bar, a menu its arrows and the volume its own', () => {
    expect(press(' ', 'button')).toBeUndefined();
    expect(press('k', 'button')).toEqual({ kind: 'toggle' });
    expect(press('ArrowDown', 'menu')).toBeUndefined();
    expect(press('ArrowUp', 'volume')).toBeUndefined();
  });

  it('go on while they are held where that is wanted, and else do it once', () => {
    expect(press('ArrowRight', 'page', { repeat: true })).toEqual({ kind: 'skip', seconds: 5 });
    expect(press('ArrowUp', 'page', { repeat: true })).toEqual({ kind: 'volume', by: 0.1 });
    // Not the browser's either: it would scroll the page.
    expect(press(' ', 'page', { repeat: true })).toBe('nothing');
    expect(press('f', 'page', { repeat: true })).toBe('nothing');
  });

  it('skip also while the seek bar has the focus', () => {
    expect(press('ArrowLeft', 'seek')).toEqual({ kind: 'skip', seconds: -5 });
  });
});
