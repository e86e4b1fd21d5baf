import type { Focus } from './keyboard.ts';

/** What kind of element has the focus. */
export function focusOf(element: Element | null): Focus {
  if (element === null) return 'page';
  const control = element.closest<HTMLElement>('[data-player-focus]')?.dataset['playerFocus'];
  if (control === 'seek' || control === 'volume') return control;
  if (element.closest('[role="menu"], [role="listbox"], [role="dialog"]')) return 'menu';
  if (element.matches('input, textarea, select, [contenteditable="true"]')) return 'text';
  return element.matches('button, a, [role="button"]') ? 'button' : 'page';
}
