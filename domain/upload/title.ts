const maxCharacters = 200;

/** The title of a video that was given none: its file's name without the extension. */
export function titleFromFileName(fileName: string): string {
  const name = fileName.trim();
  const bare = name.replace(/\.[^.]+$/, '').trim();
  return (bare || name || 'Untitled').slice(0, maxCharacters).trim();
}
