import { useEffect, useEffectEvent } from 'react';
import { focusOf } from './focus.ts';
import { type Command, commandOf } from './keyboard.ts';

/** The player's keys, wherever on the page the focus is, unless what has the focus needs them itself. */
export function usePlayerKeys(run: (command: Command) => void): void {
  const obey = useEffectEvent((event: KeyboardEvent) => {
    const command = commandOf(event, focusOf(document.activeElement));
    if (command === undefined) return;
    event.preventDefault();
    if (command !== 'nothing') run(command);
  });
  useEffect(() => {
    const listening = new AbortController();
    // Before the seek bar's own handling of arrows.
    window.addEventListener('keydown', (event) => obey(event), { signal: listening.signal, capture: true });
    return () => listening.abort();
  }, []);
}
