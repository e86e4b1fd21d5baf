import * as z from 'zod';
import { PictureId } from '../ids.ts';
import { pictureKey, posterKey } from '../media/paths.ts';
import { PictureProblem } from '../media/picture.ts';
import { maxCandidates } from '../media/poster.ts';
import type { Video } from './video.ts';

/** What a creator chose: a candidate by its number, which every attempt has anew, or a picture of their own. */
export const PosterChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('candidate'), number: z.int().min(1).max(maxCandidates) }),
  z.object({ kind: z.literal('own'), pictureId: PictureId }),
]);
export type PosterChoice = z.infer<typeof PosterChoice>;

/** A picture that a creator sent: on its way through a worker, made, or refused with a problem. */
export const SentPicture = z.discriminatedUnion('state', [
  z.object({ pictureId: PictureId, state: z.literal('pending'), attempt: z.int().positive() }),
  z.object({ pictureId: PictureId, state: z.literal('made') }),
  z.object({ pictureId: PictureId, state: z.literal('refused'), problem: PictureProblem }),
]);
export type SentPicture = z.infer<typeof SentPicture>;

type Pictured = Pick<Video, 'videoId' | 'posterAttempt' | 'posterCandidates' | 'poster' | 'picture'>;

/** The candidates' paths on the site, the best first. */
export const candidatePaths = ({ videoId, posterAttempt, posterCandidates = 0 }: Pictured): string[] =>
  posterAttempt === undefined
    ? []
    : Array.from({ length: posterCandidates }, (_, i) => `/${posterKey(videoId, posterAttempt, i + 1)}`);

/** The choice that is in force: the creator's, if it is there, or else the best candidate. */
export function posterInForce(video: Pictured): PosterChoice | undefined {
  const candidates = candidatePaths(video).length;
  const { poster } = video;
  if (poster?.kind === 'own') return poster;
  // An attempt may have fewer candidates than the one that was chosen from.
  if (poster && poster.number <= candidates) return poster;
  return candidates > 0 ? { kind: 'candidate', number: 1 } : undefined;
}

/** The poster's path on the site; null until there is one. */
export function posterPath(video: Pictured): string | null {
  const choice = posterInForce(video);
  if (choice === undefined) return null;
  if (choice.kind === 'own') return `/${pictureKey(video.videoId, choice.pictureId)}`;
  return candidatePaths(video)[choice.number - 1] ?? null;
}
