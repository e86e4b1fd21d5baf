import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import type { AnswerOf } from '../../../domain/api/route.ts';
import type { routes } from '../../../lambdas/streaming/routes.ts';
import { atFirst, nearest, off, textChoice, type textMemory } from './text-choices.ts';

export type Caption = AnswerOf<(typeof routes)['playback']>['captions'][number];

/** Gives a loaded player the captions of its title, to choose from. */
export async function addCaptions(player: shaka.Player, captions: readonly Caption[]): Promise<void> {
  for (const { language, kind, label, file } of captions)
    await player.addTextTrackAsync(
      new URL(file, location.href).href,
      language,
      kind === 'captions' ? 'captions' : 'subtitles',
      'text/vtt',
      undefined,
      label,
      kind === 'forced',
    );
}

/** The text tracks of a loaded player: to choose from, and to choose. */
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
  return {
    choices,
    choose,
    /** Shows what was wished for before. */
    restore: (): string => show(atFirst(choices(), memory.read())),
    /** From `shown` to nothing, and from nothing to what is likeliest wanted. */
    toggle: (shown: string): string =>
      choose(shown === off ? (nearest(choices(), memory.read(), navigator.languages)?.value ?? off) : off),
  };
}
