/** What a viewer tells the player to do, by a key, a tap or a button of their headset. */
export type Command =
  | { readonly kind: 'toggle' | 'mute' | 'fullscreen' | 'pip' | 'info' | 'text' | 'keys' }
  | { readonly kind: 'skip'; readonly seconds: number }
  | { readonly kind: 'volume'; readonly by: number }
  /** To the next faster speed, or (-1) the next slower one. */
  | { readonly kind: 'speed'; readonly by: 1 | -1 }
  | { readonly kind: 'chapter'; readonly by: 1 | -1 }
  /** A share of the title, 0 to 1. */
  | { readonly kind: 'jump'; readonly to: number };

const commands: Readonly<Record<string, Command>> = {
  ' ': { kind: 'toggle' },
  k: { kind: 'toggle' },
  m: { kind: 'mute' },
  f: { kind: 'fullscreen' },
  p: { kind: 'pip' },
  i: { kind: 'info' },
  c: { kind: 'text' },
  '?': { kind: 'keys' },
  ArrowLeft: { kind: 'skip', seconds: -5 },
  ArrowRight: { kind: 'skip', seconds: 5 },
  j: { kind: 'skip', seconds: -10 },
  l: { kind: 'skip', seconds: 10 },
  ArrowUp: { kind: 'volume', by: 0.1 },
  ArrowDown: { kind: 'volume', by: -0.1 },
  '<': { kind: 'speed', by: -1 },
  '>': { kind: 'speed', by: 1 },
  '[': { kind: 'chapter', by: -1 },
  ']': { kind: 'chapter', by: 1 },
  Home: { kind: 'jump', to: 0 },
  End: { kind: 'jump', to: 1 },
};

/** The keys, as they are told to people. */
export const keyLegend = [
  ['Space or K', 'Play or pause'],
  ['← and →', '5 seconds back or on'],
  ['J and L', '10 seconds back or on'],
  ['0 to 9', 'To that tenth of the video'],
  ['Home and End', 'To its beginning or end'],
  ['[ and ]', 'To the chapter before or after'],
  ['↑ and ↓', 'Louder or softer'],
  ['M', 'Sound off or on'],
  ['< and >', 'Slower or faster'],
  ['C', 'Subtitles on or off'],
  ['F', 'Full screen'],
  ['P', 'Picture in picture'],
  ['I', 'About this stream'],
  ['?', 'These keys'],
] as const;

/** What a key that is held down goes on doing; anything else it does once. */
const repeatable: readonly Command['kind'][] = ['skip', 'volume'];

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Held down, and told of again. */
  readonly repeat: boolean;
}

/** Where the focus is: `text` takes every key, a `button` its own activation, a `menu` or slider its arrows. */
export type Focus = 'page' | 'text' | 'button' | 'menu' | 'seek' | 'volume';

/**
 * The command of a key; `nothing` when it is the player's and does nothing now, undefined when it belongs to what has the
 * focus or to the browser.
 */
export function commandOf(
  { key, ctrlKey, metaKey, altKey, repeat }: Pressed,
  focus: Focus,
): Command | 'nothing' | undefined {
  if (ctrlKey || metaKey || altKey || focus === 'text' || focus === 'menu') return undefined;
  if (focus === 'button' && key === ' ') return undefined;
  if (focus === 'volume' && (key.startsWith('Arrow') || key === 'Home' || key === 'End')) return undefined;
  const command: Command | undefined = /^[0-9]$/.test(key)
    ? { kind: 'jump', to: Number(key) / 10 }
    : commands[key.length === 1 ? key.toLowerCase() : key];
  return command && repeat && !repeatable.includes(command.kind) ? 'nothing' : command;
}
