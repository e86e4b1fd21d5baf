import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReasonCode } from '../../domain/video/reasons.ts';
import { ffmpeg } from './binaries.ts';
import { clip, ordinary } from './clip.ts';

/** A file that is no video, and what its creator is to be told. */
export interface HostileFile {
  readonly is: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly reason: ReasonCode;
}

/** What ffmpeg makes of these arguments, as bytes. */
async function made(fileName: string, args: readonly string[]): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'hostile-'));
  try {
    await ffmpeg([...args, join(directory, fileName)]);
    return await readFile(join(directory, fileName));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Where a top-level box begins. */
const boxAt = (bytes: Buffer, type: string): number => bytes.indexOf(type, 0, 'latin1') - 4;

/** Files that break off, each in another place. */
async function cutFiles(): Promise<HostileFile[]> {
  const { file } = await clip({ ...ordinary, width: 320, height: 180, seconds: 4 });
  const indexLast = await readFile(file);
  const indexFirst = await made('first.mp4', ['-i', file, '-c', 'copy', '-movflags', '+faststart']);
  const cut = (is: string, bytes: Buffer): HostileFile => ({ is, fileName: 'cut.mp4', bytes, reason: 'truncated' });
  return [
    cut('an MP4 with its index first, cut in its media', indexFirst.subarray(0, indexFirst.length * 0.6)),
    cut('an MP4 with its index first, cut right before its media', indexFirst.subarray(0, boxAt(indexFirst, 'mdat'))),
    cut('an MP4 with its index last, cut in its media', indexLast.subarray(0, indexLast.length * 0.6)),
    cut('an MP4 with its index last, cut in its index', indexLast.subarray(0, -10)),
    { ...cut('an MP4 without its index', indexLast.subarray(0, boxAt(indexLast, 'moov'))), reason: 'damaged' },
  ];
}

/** Files of another kind that claim to be videos. */
async function otherKinds(): Promise<HostileFile[]> {
  const still = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180', '-frames:v', '1'];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=2'];
  const wide = ['-f', 'lavfi', '-i', 'color=s=8200x16:d=1:r=5', '-c:v', 'libx264'];
  const head = Buffer.from('\0\0\0\x14ftypisom\0\0\x02\0isom', 'latin1');
  return [
    { is: 'a text', fileName: 'text.mp4', bytes: Buffer.from('Dear diary,\n'.repeat(500)), reason: 'not-media' },
    { is: 'noise', fileName: 'noise.mp4', bytes: randomBytes(50_000), reason: 'not-media' },
    {
      is: 'the first box of an MP4 before noise',
      fileName: 'noise.mp4',
      bytes: Buffer.concat([head, randomBytes(50_000)]),
      reason: 'damaged',
    },
    { is: 'a PNG', fileName: 'picture.mp4', bytes: await made('still.png', still), reason: 'still-image' },
    { is: 'a JPEG', fileName: 'picture.mov', bytes: await made('still.jpg', still), reason: 'still-image' },
    { is: 'sound alone', fileName: 'sound.mp4', bytes: await made('sound.m4a', sound), reason: 'no-video-track' },
    {
      is: 'a picture too wide to decode',
      fileName: 'wide.mp4',
      bytes: await made('wide.mp4', wide),
      reason: 'too-large-picture',
    },
  ];
}

/** Playlists and descriptions that point at local files and at `trap`, an address that must not be asked. */
function pointers(trap: string): HostileFile[] {
  const { port } = new URL(trap);
  const pointer = (is: string, fileName: string, ...lines: string[]): HostileFile => ({
    is,
    fileName,
    bytes: Buffer.from(`${lines.join('\n')}\n`),
    reason: 'external-references',
  });
  const hls = (uri: string) => [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    '#EXT-X-TARGETDURATION:4',
    '#EXTINF:4,',
    uri,
    '#EXT-X-ENDLIST',
  ];
  const period = '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><SegmentList>';
  const mpd = [
    '<?xml version="1.0"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S" profiles="urn:mpeg:dash:profile:full:2011">',
    `<BaseURL>${trap}/</BaseURL>${period}<SegmentURL media="1.mp4"/></SegmentList></Representation></AdaptationSet></Period></MPD>`,
  ];
  const sdp = [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=x',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=video ${port} TCP/RTP/AVP 96`,
    'a=rtpmap:96 H264/90000',
  ];
  return [
    pointer('an HLS playlist of a local file', 'list.mp4', ...hls('file:///etc/passwd')),
    pointer('an HLS playlist of a relative file', 'list.mp4', ...hls('../../../../etc/passwd')),
    pointer('an HLS playlist of an address', 'list.mov', ...hls(`${trap}/1.ts`)),
    pointer(
      'an HLS master playlist of an address',
      'list.mov',
      '#EXTM3U',
      '#EXT-X-STREAM-INF:BANDWIDTH=1',
      `${trap}/1.m3u8`,
    ),
    pointer(
      'an HLS playlist with a key at an address',
      'list.mp4',
      '#EXTM3U',
      `#EXT-X-KEY:METHOD=AES-128,URI="${trap}/key"`,
      ...hls(`${trap}/1.ts`).slice(1),
    ),
    pointer('a DASH manifest', 'manifest.mp4', ...mpd),
    pointer(
      'a list of files to join',
      'list.mov',
      'ffconcat version 1.0',
      "file '/etc/passwd'",
      `file '${trap}/1.mp4'`,
    ),
    pointer('a session description', 'session.mov', ...sdp),
  ];
}

export const hostileFiles = async (trap: string): Promise<HostileFile[]> => [
  ...(await cutFiles()),
  ...(await otherKinds()),
  ...pointers(trap),
];
