import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { parse } from 'mpd-parser';
import { type ListedTrack, type Listing, pathFrom, type ReadObject, readText, totalSeconds } from './listing.ts';

const namespaces = { d: 'urn:mpeg:dash:schema:mpd:2011' };
const schema = readFileSync(join(import.meta.dirname, 'mpd.xsd'));

/** What of an MPD is not well-formed or not valid by the schema. */
export function mpdSchemaFaults(text: string): string[] {
  using xsd = XmlDocument.fromBuffer(schema);
  using validator = XsdValidator.fromDoc(xsd);
  try {
    using document = XmlDocument.fromString(text);
    validator.validate(document);
    return [];
  } catch (error) {
    return [`the MPD is not valid: ${error instanceof Error ? error.message.trim() : String(error)}`];
  }
}

/** An xs:duration of hours, minutes and seconds, in seconds. */
function durationSeconds(text: string | undefined): number {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : Number.NaN;
}

/** The nearest value of an attribute: of the element itself, or of the AdaptationSet around it (5.3.7). */
const inherited = (element: XmlElement, name: string): string | undefined => {
  const nearest = element.get(`ancestor-or-self::*[@${name}][1]`);
  return nearest instanceof XmlElement ? nearest.attr(name)?.value : undefined;
};

function framesPerSecond(text: string | undefined): number | undefined {
  const [num, den = 1] = (text ?? '').split('/').map(Number);
  return num ? num / den : undefined;
}

/** Text is one file a set, and no segments: captions-listing.ts looks at it. */
const media = '//d:AdaptationSet[not(@contentType="text")]';

/** What a DASH presentation lists of picture and sound, and what of it breaks ISO/IEC 23009-1 or our own rules. */
export async function readDash(read: ReadObject, mpdPath: string): Promise<Listing> {
  const text = await readText(read, mpdPath);
  const faults = mpdSchemaFaults(text);
  if (faults.length > 0) return { tracks: [], faults };
  using document = XmlDocument.fromString(text);
  const listed = parse(text, { manifestUri: new URL(mpdPath, 'http://site.invalid').href });
  const players = [
    ...listed.playlists,
    ...Object.values(listed.mediaGroups.AUDIO['audio'] ?? {}).flatMap((group) => group.playlists),
  ];
  const tracks = document.find(`${media}/d:Representation`, namespaces).flatMap((representation): ListedTrack[] => {
    if (!(representation instanceof XmlElement)) return [];
    const id = representation.attr('id')?.value ?? '';
    const playlist = players.find((p) => p.attributes.NAME === id);
    if (playlist === undefined) {
      faults.push(`representation ${id} is listed by no parser`);
      return [];
    }
    const [width, height] = [representation.attr('width')?.value, representation.attr('height')?.value].map(Number);
    const codecs = inherited(representation, 'codecs');
    const language = inherited(representation, 'lang');
    const rate = framesPerSecond(inherited(representation, 'frameRate'));
    return [
      {
        kind: inherited(representation, 'contentType') === 'audio' ? 'audio' : 'video',
        initPath: pathFrom(mpdPath, playlist.segments[0]?.map.resolvedUri ?? ''),
        segments: playlist.segments.map((s) => ({ path: pathFrom(mpdPath, s.resolvedUri), seconds: s.duration })),
        bandwidth: Number(representation.attr('bandwidth')?.value),
        ...(codecs ? { codecs } : {}),
        ...(width && height ? { size: { width, height } } : {}),
        ...(rate ? { framesPerSecond: rate } : {}),
        ...(language ? { language } : {}),
      },
    ];
  });
  const root = document.root;
  const presentation = durationSeconds(root.attr('mediaPresentationDuration')?.value);
  const longest = Math.max(...tracks.filter((t) => t.kind === 'video').map(totalSeconds));
  if (!(Math.abs(presentation - longest) < 0.01))
    faults.push(`mediaPresentationDuration is ${presentation} s where segments last ${longest} s`);
  if (
    document.find('//d:AdaptationSet[@segmentAlignment="true"]', namespaces).length !==
    document.find(media, namespaces).length
  ) {
    faults.push('an AdaptationSet does not promise aligned segments');
  }
  return { tracks, faults };
}
