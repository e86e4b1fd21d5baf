import * as hls from 'hls-parser';
import { Parser } from 'm3u8-parser';
import { type ListedSegment, type ListedTrack, type Listing, pathFrom, type ReadObject, readText } from './listing.ts';

hls.setOptions({ strictMode: true });

/** Attributes of a tag's line (RFC 8216 section 4.2), unquoted. The parsers drop some: CLOSED-CAPTIONS=NONE is one. */
function attributesOf(line: string): Record<string, string> {
  const list = line.slice(line.indexOf(':') + 1);
  return Object.fromEntries(
    [...list.matchAll(/([A-Z0-9-]+)=("([^"]*)"|[^,]*)/g)].map((m) => [m[1] ?? '', m[3] ?? m[2] ?? '']),
  );
}

const lines = (text: string, tag: string) => text.split('\n').filter((line) => line.startsWith(`${tag}:`));

/** What an HLS presentation lists, by two parsers, and what of it breaks RFC 8216 or our own rules. */
export async function readHls(read: ReadObject, masterPath: string): Promise<Listing> {
  const text = await readText(read, masterPath);
  const master = hls.parse(text);
  if (!master.isMasterPlaylist) return { tracks: [], faults: [`${masterPath} is no master playlist`] };
  const faults: string[] = [];
  if (!master.independentSegments) faults.push('the master playlist lacks EXT-X-INDEPENDENT-SEGMENTS');
  const variants = lines(text, '#EXT-X-STREAM-INF').map(attributesOf);
  const media = lines(text, '#EXT-X-MEDIA').map(attributesOf);
  const tracks: ListedTrack[] = [];
  const played = (master as hls.types.MasterPlaylist).variants.filter((variant) => !variant.isIFrameOnly);
  for (const [i, { uri }] of played.entries()) {
    const attributes = variants[i] ?? {};
    faults.push(...variantFaults(uri, attributes, media));
    const [width, height] = (attributes['RESOLUTION'] ?? '').split('x').map(Number);
    tracks.push({
      kind: 'video',
      ...(await mediaPlaylist(read, pathFrom(masterPath, uri), faults)),
      bandwidth: Number(attributes['BANDWIDTH']),
      ...(attributes['AVERAGE-BANDWIDTH'] ? { averageBandwidth: Number(attributes['AVERAGE-BANDWIDTH']) } : {}),
      ...(attributes['CODECS'] ? { codecs: attributes['CODECS'] } : {}),
      ...(width && height ? { size: { width, height } } : {}),
      framesPerSecond: Number(attributes['FRAME-RATE']),
    });
  }
  for (const { TYPE, URI, LANGUAGE } of media) {
    if (TYPE !== 'AUDIO' || URI === undefined) continue;
    const playlist = await mediaPlaylist(read, pathFrom(masterPath, URI), faults);
    tracks.push({ kind: 'audio', ...playlist, ...(LANGUAGE ? { language: LANGUAGE } : {}) });
  }
  return { tracks, faults };
}

function variantFaults(
  uri: string,
  attributes: Record<string, string>,
  media: readonly Record<string, string>[],
): string[] {
  const faults = ['BANDWIDTH', 'CODECS', 'RESOLUTION', 'FRAME-RATE']
    .filter((name) => attributes[name] === undefined)
    .map((name) => `variant ${uri} lacks ${name}`);
  // Without it some players fetch segments all over the title in search of captions.
  if (attributes['CLOSED-CAPTIONS'] !== 'NONE') faults.push(`variant ${uri} lacks CLOSED-CAPTIONS=NONE`);
  const group = attributes['AUDIO'];
  const groups = media.filter((m) => m['TYPE'] === 'AUDIO').map((m) => m['GROUP-ID']);
  if (group !== undefined && !groups.includes(group))
    faults.push(`variant ${uri} names audio group ${group}, which is not there`);
  if (group === undefined && groups.length > 0) faults.push(`variant ${uri} names no audio group`);
  return faults;
}

async function mediaPlaylist(
  read: ReadObject,
  path: string,
  faults: string[],
): Promise<Pick<ListedTrack, 'initPath' | 'segments'>> {
  const text = await readText(read, path);
  const playlist = hls.parse(text) as hls.types.MediaPlaylist;
  const listed: ListedSegment[] = playlist.segments.map((s) => ({ path: pathFrom(path, s.uri), seconds: s.duration }));
  const longest = Math.max(...listed.map((s) => Math.round(s.seconds)));
  if (playlist.isMasterPlaylist) faults.push(`${path} is a master playlist`);
  if (!playlist.endlist || playlist.playlistType !== 'VOD') faults.push(`${path} is not a finished VOD playlist`);
  if (playlist.targetDuration < longest)
    faults.push(`${path}: TARGETDURATION ${playlist.targetDuration} is less than a segment's ${longest}`);
  if ((playlist.version ?? 1) < 6) faults.push(`${path}: EXT-X-MAP needs version 6, not ${playlist.version}`);
  if (playlist.segments.some((s) => s.discontinuity)) faults.push(`${path} has a discontinuity`);
  const inits = new Set(playlist.segments.map((s) => s.map?.uri));
  const [init] = inits;
  if (inits.size !== 1 || init === undefined) faults.push(`${path}: not one EXT-X-MAP for all segments`);
  const second = new Parser();
  second.push(text);
  second.end();
  const again = second.manifest.segments.map((s) => ({ path: pathFrom(path, s.uri), seconds: s.duration }));
  if (JSON.stringify(again) !== JSON.stringify(listed)) faults.push(`${path}: two parsers read different segments`);
  return { initPath: pathFrom(path, init ?? ''), segments: listed };
}
