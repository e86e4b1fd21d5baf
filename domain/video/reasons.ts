import * as z from 'zod';

/**
 * Why a video did not become a stream. `rejected`: the file is at fault and sending it again will not help;
 * `failed`: we are, and processing it again may. The sentence is what the creator reads.
 */
export const reasons = {
  'empty-file': { end: 'rejected', sentence: 'The file is empty. Export it again and upload the new file.' },
  'not-media': {
    end: 'rejected',
    sentence: 'This is not a video file that can be read. Upload an MP4, MOV, MKV, WebM, AVI, FLV or MPEG-TS file.',
  },
  'external-references': { end: 'rejected', sentence: 'The file only points at other files. Upload the video itself.' },
  'no-video-track': { end: 'rejected', sentence: 'The file has no video track. Upload a file with moving pictures.' },
  'still-image': { end: 'rejected', sentence: 'This is a picture, not a video.' },
  'unsupported-codec': {
    end: 'rejected',
    sentence: 'The video is in a format that cannot be decoded. Export it as H.264 or H.265 and upload that.',
  },
  'dolby-vision-only': {
    end: 'rejected',
    sentence: 'The colors of this video can only be shown by Dolby Vision. Export it as HDR10, HLG or standard range.',
  },
  encrypted: { end: 'rejected', sentence: 'The file is encrypted. Upload a copy without copy protection.' },
  truncated: {
    end: 'rejected',
    sentence: 'The file ends too early: a part of it is missing. Export or copy it again.',
  },
  damaged: { end: 'rejected', sentence: 'The file is damaged and cannot be decoded. Export it again.' },
  'too-long': { end: 'rejected', sentence: 'The video is longer than this platform allows.' },
  'too-many-frames': {
    end: 'rejected',
    sentence: 'The video has more frames than this platform can handle. Export it at 60 frames a second or fewer.',
  },
  'too-large-picture': {
    end: 'rejected',
    sentence: 'The picture is larger than this platform can handle (8192 pixels a side).',
  },
  'too-many-streams': {
    end: 'rejected',
    sentence: 'The file has too many tracks. Export it with one video track and its audio.',
  },
  'source-missing': { end: 'failed', sentence: 'The uploaded file is gone from storage. Upload it again.' },
  'encode-failed': {
    end: 'failed',
    sentence: 'Encoding failed several times. Try again; if it fails again, tell support the video id.',
  },
  cancelled: { end: 'failed', sentence: 'Nobody waits for this video any more: it was deleted, or is processed anew.' },
  'timed-out': { end: 'failed', sentence: 'Processing took too long and was stopped. Try again later.' },
  'segments-missing': { end: 'failed', sentence: 'Some parts of the result are missing. Process the video again.' },
  internal: {
    end: 'failed',
    sentence: 'Something went wrong on our side. Try again; if it fails again, tell support the video id.',
  },
} as const satisfies Record<string, { end: 'rejected' | 'failed'; sentence: string }>;

export type ReasonCode = keyof typeof reasons;
export const ReasonCode = z.enum(Object.keys(reasons) as [ReasonCode, ...ReasonCode[]]);

/** What fits into a recorded reason, in characters. */
export const maxDetailLength = 2000;

/** A reason as recorded: the code, and what was seen (for operators; may hold numbers, never secrets). */
export const Reason = z.object({ code: ReasonCode, detail: z.string().max(maxDetailLength) });
export type Reason = z.infer<typeof Reason>;
