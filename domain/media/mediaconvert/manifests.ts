/**
 * MediaConvert writes playlists and MPD of its own, and how it names segments is its affair: what plays is what they list. They
 * lie in a folder below those that players know. Here is what it takes to check them and to show them from there.
 */

/** Lines of a playlist that are URIs (RFC 8216 section 4.1). */
const uriLines = (playlist: string): string[] =>
  playlist
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Values of the URI attribute of a tag. */
const uriAttributes = (playlist: string, tag: string): string[] =>
  [...playlist.matchAll(new RegExp(`^#${tag}:.*?\\bURI="([^"]+)"`, 'gm'))].map(([, uri]) => uri ?? '');

/** A variant of a Master Playlist: its media playlist and its size. */
export interface Variant {
  readonly uri: string;
  readonly resolution: string | undefined;
}

/** The variants and the audio renditions of a Master Playlist (RFC 8216 sections 4.3.4.1 and 4.3.4.2). */
export function listed(master: string): { variants: Variant[]; audio: string[] } {
  const variants = [...master.matchAll(/^#EXT-X-STREAM-INF:(.*)\r?\n([^#\r\n].*?)\s*$/gm)].map(([, tags, uri]) => ({
    uri: uri ?? '',
    resolution: /(?:^|,)RESOLUTION=(\d+x\d+)/.exec(tags ?? '')?.[1],
  }));
  return { variants, audio: uriAttributes(master, 'EXT-X-MEDIA') };
}

/** What a Media Playlist is made of: the names of its files, initialization section first, and how long they last. */
export function contents(playlist: string): { files: string[]; seconds: number; isWhole: boolean } {
  const lengths = [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map(([, length]) => Number(length));
  return {
    files: [...uriAttributes(playlist, 'EXT-X-MAP'), ...uriLines(playlist)],
    seconds: lengths.reduce((a, b) => a + b, 0),
    isWhole: /^#EXT-X-ENDLIST/m.test(playlist),
  };
}

const isRelative = (uri: string) => !/^([a-z][a-z0-9+.-]*:|\/)/i.test(uri);

/** A Master Playlist, for a place above the folder that its relative URIs are in. */
export const masterFromAbove = (master: string, folder: string): string =>
  master
    .split('\n')
    .map((line) => {
      const text = line.trim();
      if (text.startsWith('#')) {
        return line.replace(/\bURI="([^"]+)"/, (whole, uri: string) =>
          isRelative(uri) ? `URI="${folder}/${uri}"` : whole,
        );
      }
      return text !== '' && isRelative(text) ? `${folder}/${text}` : line;
    })
    .join('\n');

/**
 * An MPD, for a place above: its base is the folder (ISO/IEC 23009-1, 5.6), said where the schema wants it, after any program
 * information. Undefined if it is no MPD, or has a base of its own.
 */
export function mpdFromAbove(mpd: string, folder: string): string | undefined {
  const head = /<MPD\b[^>]*[^/>]>(\s*<ProgramInformation\b[^>]*(?:\/>|>[\s\S]*?<\/ProgramInformation>))*/.exec(mpd);
  if (head === null || /<\/?BaseURL\b/.test(mpd.slice(0, mpd.indexOf('<Period')))) return undefined;
  const end = head.index + head[0].length;
  return `${mpd.slice(0, end)}\n  <BaseURL>${folder}/</BaseURL>${mpd.slice(end)}`;
}
