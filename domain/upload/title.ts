import { isVisible, plainLine, shortened } from '../text.ts';

const maxCharacters = 200;

/** The title of a video that was given none: its file's name without the extension. */
export function titleFromFileName(fileName: string): string {
  const name = plainLine(fileName);
  const bare = name.replace(/\.[^.]+$/, '');
  return [bare, name].map((text) => shortened(text, maxCharacters)).find(isVisible) ?? 'Untitled';
}
