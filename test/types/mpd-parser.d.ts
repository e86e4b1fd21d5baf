/** The part of mpd-parser (which ships no types) that the tests read. */
declare module 'mpd-parser' {
  interface Playlist {
    attributes: { NAME: string; BANDWIDTH: number; CODECS: string; RESOLUTION?: { width: number; height: number } };
    segments: {
      resolvedUri: string;
      duration: number;
      presentationTime: number;
      number: number;
      map: { resolvedUri: string };
    }[];
    targetDuration: number;
  }
  export function parse(
    mpd: string,
    options: { manifestUri: string },
  ): {
    duration: number;
    playlists: Playlist[];
    mediaGroups: {
      AUDIO: Record<string, Record<string, { playlists: Playlist[] }>>;
      SUBTITLES: Record<string, Record<string, { language: string; playlists: { resolvedUri: string }[] }>>;
    };
  };
}
