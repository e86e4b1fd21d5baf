import type { CraftedFile } from './crafted-files.ts';
import { made } from './crafted-files.ts';

/** Files that want a reader to open something else: `secret`, a local file, or `trap`, an address. */
export async function smuggling(secret: string, trap: string): Promise<CraftedFile[]> {
  const text = (is: string, ...lines: string[]): CraftedFile => ({ is, bytes: Buffer.from(`${lines.join('\n')}\n`) });
  const segments = (uri: string) => ['#EXT-X-TARGETDURATION:4', '#EXTINF:4,', uri, '#EXT-X-ENDLIST'];
  const mpd = (inner: string) =>
    `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S">${inner}</MPD>`;
  const still = await made('still.png', ['-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-frames:v', '1']);
  return [
    text('HLS behind a byte order mark', '\uFEFF#EXTM3U', ...segments(secret)),
    text('HLS behind empty lines', '', '', '#EXTM3U', ...segments(secret)),
    text('HLS with a map', '#EXTM3U', `#EXT-X-MAP:URI="${secret}"`, ...segments(`${trap}/1.m4s`)),
    text(
      'HLS with byte ranges',
      '#EXTM3U',
      '#EXT-X-VERSION:4',
      '#EXT-X-BYTERANGE:100@0',
      ...segments(`file:${secret}`),
    ),
    text('HLS by another protocol', '#EXTM3U', ...segments(`concat:${secret}|${secret}`)),
    text('HLS by a nested protocol', '#EXTM3U', ...segments(`crypto+file:${secret}`)),
    text('HLS that names itself as data', '#EXTM3U', ...segments(`data:text/plain,${trap}`)),
    text('DASH behind a comment', '<!-- x -->', mpd(`<BaseURL>${secret}</BaseURL>`)),
    text(
      'DASH that links to another',
      mpd(`<Period xlink:href="${trap}/p.xml" xmlns:xlink="http://www.w3.org/1999/xlink"/>`),
    ),
    text(
      'DASH by a template',
      mpd(
        `<Period><AdaptationSet mimeType="video/mp4"><SegmentTemplate media="${trap}/$Number$" initialization="${secret}" duration="4"/><Representation id="a" bandwidth="1"/></AdaptationSet></Period>`,
      ),
    ),
    text('a list to join without its head', `file '${secret}'`, `file '${trap}/1'`),
    text('a list to join behind spaces', '  ffconcat version 1.0', `file '${secret}'`, 'duration 4'),
    text(
      'a list to join with options',
      'ffconcat version 1.0',
      `file '${secret}'`,
      'option safe 0',
      'option protocol_whitelist file,http,tcp',
    ),
    text(
      'a session description behind a byte order mark',
      '\uFEFFv=0',
      `c=IN IP4 127.0.0.1`,
      `m=video ${new URL(trap).port} RTP/AVP 96`,
    ),
    text('an ASX list', `<asx version="3.0"><entry><ref href="${trap}/1"/></entry></asx>`),
    text(
      'an XSPF list',
      `<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><trackList><track><location>file://${secret}</location></track></trackList></playlist>`,
    ),
    text('a PLS list', '[playlist]', `File1=${secret}`, 'NumberOfEntries=1', 'Version=2'),
    text('an RTSP redirection', 'RTSPtextRTSP://127.0.0.1/x', `rtsp://${new URL(trap).host}/x`),
    text('SubRip captions', '1', '00:00:00,000 --> 00:00:04,000', `<font face="${secret}">x</font>`),
    text(
      'WebVTT captions',
      'WEBVTT',
      '',
      'STYLE',
      `::cue { background: url(${trap}) }`,
      '',
      '00:00.000 --> 00:04.000',
      'x',
    ),
    text(
      'Advanced SubStation captions',
      '[Script Info]',
      'ScriptType: v4.00+',
      '[Fonts]',
      `fontname: ${secret}`,
      '[Events]',
      'Dialogue: 0,0:00:00.00,0:00:04.00,,,0,0,0,,x',
    ),
    text('SAMI captions', `<SAMI><BODY><SYNC Start=0><P><img src="${trap}"></SYNC></BODY></SAMI>`),
    text('MicroDVD captions', `{0}{100}${secret}`),
    text('VobSub index', '# VobSub index file, v7', `timestamp: 00:00:00:000, filepos: 000000000`, `langidx: 0`),
    text(
      'TTML captions',
      `<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="0s" end="4s">${secret}</p></div></body></tt>`,
    ),
    text('metadata for ffmpeg', ';FFMETADATA1', `title=${secret}`),
    text('an AviSynth script', `Import("${secret}")`, 'Version()'),
    text(
      'an IMF composition',
      '<CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016"><SegmentList/></CompositionPlaylist>',
    ),
    { is: 'a sequence of images', bytes: Buffer.concat([still, still, still]) },
    { is: 'a QuickTime movie that refers to another', bytes: referenceMovie(`file://${secret}`) },
    { is: 'a QuickTime movie that refers to an address', bytes: referenceMovie(`${trap}/movie.mov`) },
  ];
}

const box = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** `rmra`: a movie that only says where the real one is (QuickTime File Format, "Reference Movies"). */
function referenceMovie(url: string): Buffer {
  const name = Buffer.from(`${url}\0`);
  const reference = Buffer.alloc(12);
  reference.write('url ', 4, 'latin1');
  reference.writeUInt32BE(name.length, 8);
  return Buffer.concat([
    box('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')),
    box('moov', box('rmra', box('rmda', box('rdrf', reference, name)))),
  ]);
}
