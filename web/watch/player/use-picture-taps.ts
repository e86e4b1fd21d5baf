import { type MouseEvent, type PointerEvent, useRef } from 'react';
import type { Command } from './keyboard.ts';

/** Two taps within this are one gesture. */
const togetherMs = 300;
const skipSeconds = 10;

interface Parts {
  /** Whether the controls are hidden. */
  readonly idle: boolean;
  /** Whether anything of it has been played. */
  readonly started: boolean;
  readonly hideControls: () => void;
  readonly run: (command: Command) => void;
}

/**
 * What a click or a tap on the picture does, as people know it: a mouse plays and pauses, and twice means full screen. A
 * finger shows and hides the controls, and twice on one half skips to that side; each further tap skips again.
 */
export function usePictureTaps({ idle, started, hideControls, run }: Parts) {
  const touch = useRef({ is: false, sawControls: true, lastAt: Number.NEGATIVE_INFINITY });
  return {
    onPointerDown({ pointerType }: PointerEvent) {
      // Touching wakes the controls: what was there before it counts.
      touch.current = { ...touch.current, is: pointerType === 'touch', sawControls: !idle };
    },
    onClick({ timeStamp, clientX, currentTarget }: MouseEvent) {
      const { is, sawControls, lastAt } = touch.current;
      if (!is || !started) return run({ kind: 'toggle' });
      touch.current.lastAt = timeStamp;
      if (timeStamp - lastAt < togetherMs) {
        const { left, width } = currentTarget.getBoundingClientRect();
        run({ kind: 'skip', seconds: clientX < left + width / 2 ? -skipSeconds : skipSeconds });
      } else if (sawControls) hideControls();
    },
    onDoubleClick() {
      if (!touch.current.is) run({ kind: 'fullscreen' });
    },
  };
}
