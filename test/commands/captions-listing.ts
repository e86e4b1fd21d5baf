import * as hls from 'hls-parser';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { Parser } from 'm3u8-parser';
import { parse } from 'mpd-parser';
import { mpdSchemaFaults } from './dash-listing.ts';
import { pathFrom, type ReadObject, readText } from './listing.ts';

/** A text track as a manifest lists it. */
export interface ListedText {
  readonly label: string;
  readonly language: string | undefined;
  /** DASH's role; in HLS what stands for it. */
  readonly role: string;
  /** Of its WebVTT file. */
  readonly path: string;
}

const roleOf = ({
  forced,
  characteristics,
}: {
  forced?: boolean | undefined;
  characteristics?: string | undefined;
}) => {
  if (forced) return 'forced-subtitle';
  return characteristics?.includes('public.accessibility.describes-music-and-sound') ? 'caption' : 'subtitle';
};

/** The text tracks of a master playlist, by two parsers. @throws Error where they, or the playlists, disagree. */
export async function hlsText(read: ReadObject, masterPath: string): Promise<ListedText[]> {
  const text = await readText(read, masterPath);
  const master = hls.parse(text);
  if (!master.isMasterPlaylist) throw new Error(`${masterPath} is no master playlist`);
  const variants = (master as hls.types.MasterPlaylist).variants.filter((variant) => !variant.isIFrameOnly);
  const tracks: ListedText[] = [];
  for (const rendition of variants[0]?.subtitles ?? []) {
    const playlistPath = pathFrom(masterPath, rendition.uri ?? '');
    const playlist = hls.parse(await readText(read, playlistPath)) as hls.types.MediaPlaylist;
    const [segment] = playlist.segments;
    if (segment === undefined || playlist.segments.length !== 1 || !playlist.endlist)
      throw new Error(`${playlistPath} is not one segment and its end`);
    if (Math.round(segment.duration) > playlist.targetDuration)
      throw new Error(`${playlistPath}: a segment is longer than TARGETDURATION`);
    const { name, language, forced, characteristics } = rendition;
    tracks.push({
      label: name,
      language,
      role: roleOf({ forced, characteristics }),
      path: pathFrom(playlistPath, segment.uri),
    });
  }
  if (variants.some(({ subtitles }) => subtitles.length !== tracks.length))
    throw new Error('a variant names no subtitles, or others');
  const second = new Parser();
  second.push(text);
  second.end();
  const groups = Object.values(second.manifest.mediaGroups?.SUBTITLES ?? {}).flatMap((group) => Object.keys(group));
  if (
    groups.toSorted().join() !==
    tracks
      .map(({ label }) => label)
      .toSorted()
      .join()
  )
    throw new Error(`two parsers read ${groups.join()}`);
  return tracks;
}

/** The text tracks of an MPD, by its elements and by a player's parser. @throws Error where it is not valid, or they disagree. */
export async function dashText(read: ReadObject, mpdPath: string): Promise<ListedText[]> {
  const text = await readText(read, mpdPath);
  const faults = mpdSchemaFaults(text);
  if (faults.length > 0) throw new Error(faults.join());
  using document = XmlDocument.fromString(text);
  const namespaces = { d: 'urn:mpeg:dash:schema:mpd:2011' };
  const tracks = document
    .find('//d:AdaptationSet[@contentType="text"][@mimeType="text/vtt"]', namespaces)
    .map((set): ListedText => {
      if (!(set instanceof XmlElement)) throw new Error('an AdaptationSet is an element');
      const role = set.get('d:Role[@schemeIdUri="urn:mpeg:dash:role:2011"]', namespaces) as XmlElement;
      return {
        label: set.get('d:Label', namespaces)?.content ?? '',
        language: set.attr('lang')?.value,
        role: role.attr('value')?.value ?? '',
        path: pathFrom(mpdPath, set.get('d:Representation/d:BaseURL', namespaces)?.content ?? ''),
      };
    });
  const { mediaGroups } = parse(text, { manifestUri: new URL(mpdPath, 'http://site.invalid').href });
  const listed = Object.values(mediaGroups.SUBTITLES).flatMap((group) => Object.values(group));
  const paths = listed.flatMap(({ playlists }) => playlists.map(({ resolvedUri }) => new URL(resolvedUri).pathname));
  if (paths.toSorted().join() !== [...new Set(tracks.map(({ path }) => path))].toSorted().join())
    throw new Error(`a player's parser reads ${paths.join()}`);
  return tracks;
}

/** The text tracks of a title, which both manifests must list alike; `without labels` where only one of them can hold those. */
export async function listedText(
  read: ReadObject,
  title: { hls: string; dash: string },
  compared: 'whole' | 'without labels' = 'whole',
): Promise<ListedText[]> {
  const byHls = await hlsText(read, title.hls);
  const byDash = await dashText(read, title.dash);
  const facts = ({ label, language, role, path }: ListedText) => [
    compared === 'whole' ? label : '',
    // DASH says of an unknown language what HLS leaves out.
    language ?? 'und',
    role,
    path,
  ];
  if (JSON.stringify(byHls.map(facts)) !== JSON.stringify(byDash.map(facts)))
    throw new Error(`HLS lists ${JSON.stringify(byHls)}, DASH ${JSON.stringify(byDash)}`);
  return byHls;
}

/** Cues of a WebVTT file, one a line: from, to (seconds) and text. Read by nothing of the platform's. */
export const cueLines = (webVtt: string): string[] =>
  [...webVtt.matchAll(/^(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3}).*\n((?:.+\n?)+)/gm)].map(
    ([, h1, m1, s1, h2, m2, s2, text = '']) => {
      const seconds = (h = '', m = '', s = '') => Number(h) * 3600 + Number(m) * 60 + Number(s);
      return `${seconds(h1, m1, s1)} ${seconds(h2, m2, s2)} ${text.trim()}`;
    },
  );
