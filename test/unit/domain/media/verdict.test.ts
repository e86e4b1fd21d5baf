import { expect, it } from 'vitest';
import { ProbeOutput } from '../../../../domain/media/probe.ts';
import { lengthObjection, objection, refusal } from '../../../../domain/media/verdict.ts';

it.each([
  ['#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd', 'external-references'],
  ['ffconcat version 1.0\nfile /etc/passwd', 'external-references'],
  ['<?xml version="1.0"?>\n<MPD xmlns="x">', 'external-references'],
  ['v=0\no=- 0 0 IN IP4 127.0.0.1', 'external-references'],
  ['\x89PNG\r\n\x1a\n', 'still-image'],
  ['\xff\xd8\xff\xe0', 'still-image'],
  ['hello, I am a text', 'not-media'],
])('%j is refused as %s', (start, code) => {
  expect(refusal(100, start, 'ffprobe said something').code).toBe(code);
});

it('an empty file is an empty file, whatever else', () => {
  expect(refusal(0, '', '').code).toBe('empty-file');
});

const probed = (stream: object, format = 'mov,mp4') =>
  ProbeOutput.parse({ streams: [{ index: 0, ...stream }], format: { format_name: format } });
const good = { codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080 };

/** As ffprobe tells of it. */
const dolbyVision = (dv_profile: number, dv_bl_signal_compatibility_id: number, bl_present_flag = 1) => ({
  ...good,
  codec_name: 'hevc',
  side_data_list: [
    { side_data_type: 'Mastering display metadata' },
    {
      side_data_type: 'DOVI configuration record',
      dv_profile,
      rpu_present_flag: 1,
      el_present_flag: 0,
      bl_present_flag,
      dv_bl_signal_compatibility_id,
    },
  ],
});

it.each([
  ['no-video-track', probed({ codec_type: 'audio', codec_name: 'aac' })],
  ['no-video-track', probed({ ...good, disposition: { attached_pic: 1 } })],
  ['too-large-picture', probed({ ...good, width: 16000 })],
  ['too-large-picture', probed({ ...good, sample_aspect_ratio: '100:1' })],
  ['unsupported-codec', probed({ ...good, codec_name: 'unknown' })],
  ['encrypted', probed({ ...good, codec_tag_string: 'encv' })],
  ['dolby-vision-only', probed(dolbyVision(5, 0))],
  ['dolby-vision-only', probed(dolbyVision(10, 0))],
  ['dolby-vision-only', probed(dolbyVision(7, 6, 0))],
  ['damaged', probed({ ...good, width: 0 })],
  ['still-image', probed(good, 'png_pipe')],
  ['too-many-frames', probed({ ...good, nb_frames: '6000000' })],
  ['too-many-streams', ProbeOutput.parse({ streams: Array.from({ length: 65 }, (_, index) => ({ index, ...good })) })],
])('objects with %s', (code, output) => {
  expect(objection(output)?.code).toBe(code);
});

it('has no objection to a common file', () => {
  expect(objection(probed(good))).toBeUndefined();
});

it.each([
  ['of HDR10', dolbyVision(8, 1)],
  ['of standard range', dolbyVision(9, 2)],
  ['of HLG, as phones make it', dolbyVision(8, 4)],
  ['of discs', dolbyVision(7, 6)],
])('has no objection to Dolby Vision over a base layer %s', (_, stream) => {
  expect(objection(probed(stream))).toBeUndefined();
});

it.each([
  [10, 60, undefined],
  [24, 60, undefined],
  [1, 1000, undefined],
  [25, 1, 'too-long'],
  [12, 240, 'too-many-frames'],
  [2, 1000, 'too-many-frames'],
])('of %i hours at %i frames a second it says %s', (hours, num, code) => {
  expect(lengthObjection({ durationSeconds: hours * 3600, rate: { num, den: 1 } })?.code).toBe(code);
});

it('objects to next to no frames: one in five minutes is still one', () => {
  const of = (den: number) => lengthObjection({ durationSeconds: 3600, rate: { num: 1, den } })?.code;
  expect([of(300), of(301)]).toEqual([undefined, 'still-image']);
});
