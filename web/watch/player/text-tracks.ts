import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import { atFirst, nearest, off, textChoice, type textMemory } from './text-choices.ts';

/** The text tracks of a player: to choose from, and to choose. */
export function textTracks(player: shaka.Player, memory: ReturnType<typeof textMemory>) {
  const choices = () => player.getTextTracks().map(textChoice);
  const show = (value: string): string => {
    const track = player.getTextTracks().find((candidate) => textChoice(candidate).value === value);
    player.selectTextTrack(track ?? null);
    return track ? value : off;
  };
  const choose = (value: string): string => {
    memory.write(value === off ? { ...memory.read(), on: false } : { on: true, value });
    return show(value);
  };

  // By HLS, Shaka places text by the picture that is appended after it has begun to look at text: chosen once all of the
  // picture is there, it would never be shown. So some text is begun before the picture; `restore` says what is seen.
  player.addEventListener('streaming', () => {
    const first = nearest(choices(), memory.read(), navigator.languages);
    if (first) show(first.value);
  });

  return {
    choices,
    choose,
    /** Shows what was wished for before; once the title is loaded. */
    restore: (): string => show(atFirst(choices(), memory.read())),
    /** From `shown` to nothing, and from nothing to what is likeliest wanted. */
    toggle: (shown: string): string =>
      choose(shown === off ? (nearest(choices(), memory.read(), navigator.languages)?.value ?? off) : off),
  };
}
