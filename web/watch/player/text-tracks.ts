import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import { atFirst, nearest, off, textChoice, type textMemory } from './text-choices.ts';

/** The text tracks of a player, which shows them in `area`: to choose from, and to choose. */
export function textTracks(player: shaka.Player, area: HTMLElement, memory: ReturnType<typeof textMemory>) {
  const choices = () => player.getTextTracks().map(textChoice);
  const trackOf = (value: string) => player.getTextTracks().find((candidate) => textChoice(candidate).value === value);
  const show = (value: string): string => {
    const track = trackOf(value);
    if (track) player.selectTextTrack(track);
    area.style.visibility = track ? 'visible' : 'hidden';
    return track ? value : off;
  };
  const choose = (value: string): string => {
    memory.write(value === off ? { ...memory.read(), on: false } : { on: true, value });
    return show(value);
  };

  // By HLS, Shaka places text by the picture that is appended after it has begun to look at text: chosen once all of the
  // picture is there, it would never be shown. So some text is begun before the picture, and never ended, only not seen.
  player.addEventListener('streaming', () => {
    const first = trackOf(nearest(choices(), memory.read(), navigator.languages)?.value ?? '');
    if (first === undefined) return;
    const { language, forced } = first;
    player.configure('preferredText', [{ language, forced, role: '', format: '' }]);
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
