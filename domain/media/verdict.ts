import type { Reason, ReasonCode } from '../video/reasons.ts';
import { type Probe, type ProbedStream, type ProbeOutput, shownPicture, videoStream } from './probe.ts';
import { framesPerSecond } from './rate.ts';

/**
 * What the platform takes: a decoder's memory grows with the picture, a plan with the length, and work with the frames, all
 * of which are decoded, however few are shown. So a day at 60 frames a second is taken, or an hour at 1,000.
 */
export const limits = { pictureSide: 8192, streams: 64, hours: 24, frames: 24 * 3600 * 60 } as const;

/** Seconds that each picture lasts, on the average, in what is no moving picture any more. */
const stillSeconds = 300;

/** Codecs of single pictures: a video stream in one of these and with one frame is a photo. */
const stillFormats = ['image2', 'png_pipe', 'jpeg_pipe', 'gif', 'webp_pipe', 'bmp_pipe', 'tiff_pipe', 'svg_pipe'];

const reason = (code: ReasonCode, detail: string): Reason => ({ code, detail: detail.slice(0, 2000) });

/** Playlists and scripts that only name other files. Recognized by their first bytes. */
const pointers = [
  /^\uFEFF?#EXTM3U/,
  /^\uFEFF?\s*(<\?xml[^>]*>\s*)?<MPD[\s>]/,
  /^ffconcat /,
  /^v=0\r?\n/,
  /^\uFEFF?\[playlist\]/i,
];
const stills = [/^\x89PNG/, /^\xff\xd8\xff/, /^GIF8/, /^RIFF....WEBP/s, /^BM/, /^II\*\0/, /^MM\0\*/];

/** The verdict on a file that no demuxer of ours takes, from its first bytes (as Latin-1) and what ffprobe said. */
export function refusal(sizeBytes: number, start: string, ffprobeSays: string): Reason {
  if (sizeBytes === 0) return reason('empty-file', 'the file has no bytes');
  if (pointers.some((p) => p.test(start)))
    return reason('external-references', 'the file is a playlist or a description');
  if (stills.some((p) => p.test(start))) return reason('still-image', 'the file is a still image');
  return reason('not-media', ffprobeSays);
}

/**
 * The profile of a Dolby Vision picture whose base layer is no picture of its own (compatibility 0: profile 5 and those of AV1
 * like it), or is not in this stream. Decoded as if it were, it is green and purple.
 */
function dolbyVisionAlone({ side_data_list = [] }: ProbedStream): number | undefined {
  const {
    dv_profile,
    bl_present_flag = 1,
    dv_bl_signal_compatibility_id: compatibility = 0,
  } = side_data_list.find((d) => d.dv_profile !== undefined) ?? {};
  return bl_present_flag === 1 && compatibility > 0 ? undefined : dv_profile;
}

/** The verdict on what a demuxer found: undefined if it may be made into a stream. */
export function objection(output: ProbeOutput): Reason | undefined {
  const format = output.format?.format_name ?? '';
  if (stillFormats.some((f) => format.includes(f))) return reason('still-image', `format ${format}`);
  if (output.streams.length > limits.streams) return reason('too-many-streams', `${output.streams.length} streams`);
  const stream = videoStream(output);
  if (stream === undefined) return reason('no-video-track', `format ${format}, ${output.streams.length} streams`);
  const encrypted = output.streams.some((s) =>
    ['encv', 'enca', 'drmi', 'drms'].includes(String(s['codec_tag_string'])),
  );
  if (encrypted) return reason('encrypted', `track with tag ${String(stream['codec_tag_string'])}`);
  if (!stream.codec_name || stream.codec_name === 'unknown')
    return reason('unsupported-codec', `tag ${String(stream['codec_tag_string'])}`);
  const dolbyVision = dolbyVisionAlone(stream);
  if (dolbyVision !== undefined)
    return reason('dolby-vision-only', `Dolby Vision profile ${dolbyVision} without a base layer for others`);
  if (!stream.width || !stream.height) return reason('damaged', `${stream.codec_name} without a picture size`);
  const picture = shownPicture(stream);
  const longest = Math.max(stream.width, stream.height, picture.width, picture.height);
  if (longest > limits.pictureSide) return reason('too-large-picture', `${stream.width}x${stream.height}`);
  // By its index, before any of them is looked at.
  const { nb_frames: frames = 0 } = stream;
  if (frames > limits.frames) return reason('too-many-frames', `${frames} frames`);
  return undefined;
}

/** The verdict on a length in seconds, and on the frames that it has at the source's own rate: too many, or next to none. */
export function lengthObjection({
  durationSeconds,
  rate,
}: Pick<Probe['video'], 'durationSeconds' | 'rate'>): Reason | undefined {
  if (durationSeconds > limits.hours * 3600) return reason('too-long', `${Math.round(durationSeconds)} s`);
  if (framesPerSecond(rate) * stillSeconds < 1) return reason('still-image', `${rate.num}/${rate.den} frames a second`);
  const frames = Math.round(durationSeconds * framesPerSecond(rate));
  if (frames > limits.frames) return reason('too-many-frames', `${frames} frames in ${Math.round(durationSeconds)} s`);
  return undefined;
}
