/** What a key does to the player. */
export type Command =
  | { readonly kind: 'toggle' | 'mute' | 'fullscreen' | 'info' | 'text' }
  | { readonly kind: 'skip'; readonly seconds: number }
  | { readonly kind: 'volume'; readonly by: number }
  | { readonly kind: 'chapter'; readonly by: 1 | -1 }
  /** A share of the title, 0 to 1. */
  | { readonly kind: 'jump'; readonly to: number };

const commands: Readonly<Record<string, Command>> = {
  ' ': { kind: 'toggle' },
  k: { kind: 'toggle' },
  m: { kind: 'mute' },
  f: { kind: 'fullscreen' },
  i: { kind: 'info' },
  c: { kind: 'text' },
  ArrowLeft: { kind: 'skip', seconds: -5 },
  ArrowRight: { kind: 'skip', seconds: 5 },
  j: { kind: 'skip', seconds: -10 },
  l: { kind: 'skip', seconds: 10 },
  ArrowUp: { kind: 'volume', by: 0.1 },
  ArrowDown: { kind: 'volume', by: -0.1 },
  '[': { kind: 'chapter', by: -1 },
  ']': { kind: 'chapter', by: 1 },
  Home: { kind: 'jump', to: 0 },
  End: { kind: 'jump', to: 1 },
};

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where the focus is: `text` takes every key, a `button` its own activation, a `menu` or slider its arrows. */
export type Focus = 'page' | 'text' | 'button' | 'menu' | 'seek' | 'volume';

/** The command of a key, or undefined when the key belongs to what has the focus or to the browser. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: Pressed, focus: Focus): Command | undefined {
  if (ctrlKey || metaKey || altKey || focus === 'text' || focus === 'menu') return undefined;
  if (focus === 'button' && key === ' ') return undefined;
  if (focus === 'volume' && (key.startsWith('Arrow') || key === 'Home' || key === 'End')) return undefined;
  if (/^[0-9]$/.test(key)) return { kind: 'jump', to: Number(key) / 10 };
  return commands[key.length === 1 ? key.toLowerCase() : key];
}
