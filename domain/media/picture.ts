import * as z from 'zod';

/**
 * Pictures that creators send to stand for their videos: what is taken, and why one is not. What is served is always made by
 * us of what was sent, and is never what was sent.
 */

/** The largest file, bytes: a photograph of 50 megapixels is smaller. */
export const maxPictureBytes = 20 * 1024 * 1024;
/** How long the URL to send a picture to may be used: for one request, on a slow line. */
export const pictureUrlLifetimeSeconds = 900;
/** The largest picture that is decoded, pixels: a few kilobytes can claim to be gigabytes. */
export const maxPicturePixels = 64_000_000;
/** What is made of it fits into this box, either way up. */
export const pictureBox = { long: 1280, short: 720 } as const;

/** The kinds of pictures that are taken. Vector graphics are programs, and are not. */
export const PictureType = z.enum(['image/jpeg', 'image/png', 'image/webp']);
export type PictureType = z.infer<typeof PictureType>;

/** What a file is by its first bytes, whatever it is called; undefined for anything that is not taken. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | undefined {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}

/** The registry of what may be wrong with a picture, each with a sentence for its creator. */
export const pictureProblems = {
  'not-a-picture': 'This is not a picture that can be used. Choose a JPEG, PNG or WebP file.',
  'picture-too-large': 'The picture has too many pixels. Make it smaller, at most 64 megapixels.',
  'picture-damaged': 'The picture is damaged and cannot be read. Save it again.',
  'picture-not-made': 'The picture could not be processed. Try again.',
} as const satisfies Record<string, string>;

export type PictureProblem = keyof typeof pictureProblems;
export const PictureProblem = z.enum(Object.keys(pictureProblems) as [PictureProblem, ...PictureProblem[]]);
