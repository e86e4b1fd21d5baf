import { describe, expect, it } from 'vitest';
import { contents, listed, masterFromAbove, mpdFromAbove } from '../../../../../domain/media/mediaconvert/manifests.ts';

const master = [
  '#EXTM3U',
  '#EXT-X-VERSION:6',
  '#EXT-X-INDEPENDENT-SEGMENTS',
  '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="de",NAME="Deutsch",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="title_audio-1.m3u8"',
  '#EXT-X-STREAM-INF:BANDWIDTH=1100000,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=30.000,AUDIO="audio"',
  'title_360p.m3u8',
  '#EXT-X-STREAM-INF:RESOLUTION=1280x720,BANDWIDTH=5500000,AUDIO="audio"',
  'title_720p.m3u8',
  '',
].join('\n');

describe('a Master Playlist of MediaConvert', () => {
  it('tells its variants with their sizes, and its sounds', () => {
    const expected = {
      variants: [
        { uri: 'title_360p.m3u8', resolution: '640x360' },
        { uri: 'title_720p.m3u8', resolution: '1280x720' },
      ],
      audio: ['title_audio-1.m3u8'],
    };
    expect(listed(master)).toEqual(expected);
    expect(listed(master.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  it('is shown from above its folder with nothing changed but where things are', () => {
    const shown = masterFromAbove(master, 'mediaconvert');
    expect(listed(shown)).toEqual({
      variants: [
        { uri: 'mediaconvert/title_360p.m3u8', resolution: '640x360' },
        { uri: 'mediaconvert/title_720p.m3u8', resolution: '1280x720' },
      ],
      audio: ['mediaconvert/title_audio-1.m3u8'],
    });
    expect(shown.replaceAll('mediaconvert/', '')).toBe(master);
  });

  it('keeps addresses that do not depend on the place', () => {
    const key = '#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://01JD",KEYFORMAT="com.apple.streamingkeydelivery"';
    expect(masterFromAbove(`${key}\nhttps://cdn.example/a.m3u8\n/b.m3u8`, 'f')).toBe(
      `${key}\nhttps://cdn.example/a.m3u8\n/b.m3u8`,
    );
  });
});

it('a Media Playlist tells its files, its length and whether it is whole', () => {
  const lines = ['#EXTM3U', '#EXT-X-MAP:URI="init.cmfv"', '#EXTINF:4.004,', 'a_1.cmfv', '#EXTINF:2.002,', 'a_2.cmfv'];
  const { files, seconds, isWhole } = contents([...lines, '#EXT-X-ENDLIST'].join('\n'));
  expect(files).toEqual(['init.cmfv', 'a_1.cmfv', 'a_2.cmfv']);
  expect(seconds).toBeCloseTo(6.006, 9);
  expect(isWhole).toBe(true);
  expect(contents(lines.join('\n')).isWhole).toBe(false);
});

describe('an MPD of MediaConvert', () => {
  it.each([
    ['right at its start', '', ''],
    ['after its program information', '<ProgramInformation><Title>x</Title></ProgramInformation>', ''],
    ['with bases further in, which are on top of it', '', '<BaseURL>deeper/</BaseURL>'],
  ])('gets its folder as base, %s', (_, before, inside) => {
    const [open, close] = [`<?xml version="1.0"?><MPD type="static">${before}`, `<Period>${inside}</Period></MPD>`];
    expect(mpdFromAbove(open + close, 'mediaconvert')).toBe(`${open}\n  <BaseURL>mediaconvert/</BaseURL>${close}`);
  });

  it.each([
    ['with a base of its own', '<MPD><BaseURL>x/</BaseURL><Period></Period></MPD>'],
    ['that is none', '<html></html>'],
  ])('%s is not shown', (_, mpd) => {
    expect(mpdFromAbove(mpd, 'mediaconvert')).toBeUndefined();
  });
});
