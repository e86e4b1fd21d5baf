import * as z from 'zod';
import { UploadId, UserId, VideoId } from '../ids.ts';
import { Extra } from '../jobs/extras.ts';
import { Caption } from '../media/captions/captions.ts';
import { ContentKey } from '../media/encryption.ts';
import { Engine } from '../media/engine.ts';
import { maxCandidates } from '../media/poster.ts';
import { Line } from '../text.ts';
import { Category, Chapters, Description, Licence, Tags } from './metadata.ts';
import { PosterChoice, SentPicture } from './poster.ts';
import { Reason } from './reasons.ts';

export const VideoState = z.enum([
  'draft',
  'uploading',
  'processing',
  'playable',
  'ready',
  'rejected',
  'failed',
  'blocked',
  'deleted',
]);
export type VideoState = z.infer<typeof VideoState>;

/** Who may watch, once it is published: `members` are those with a paid plan. */
export const Visibility = z.enum(['public', 'unlisted', 'members', 'private']);
export type Visibility = z.infer<typeof Visibility>;

export const Title = Line(200);

/** Milliseconds since the epoch. */
const Instant = z.int().nonnegative();

/** The source file of a video: the object `sources/{videoId}/{uploadId}`, immutable. */
export const Source = z.object({
  key: z.string(),
  uploadId: UploadId,
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.int().positive(),
});
export type Source = z.infer<typeof Source>;

/** What a viewer may choose from, as planned. */
export const RungSummary = z.object({ name: z.string(), width: z.int(), height: z.int() });

/** What a creator chose for the processing of a video; what they did not choose is the environment's. */
export const ProcessingChoices = z.object({
  /** Rungs of more lines than this are encoded when they are first watched. */
  eagerLines: z.int().min(0).max(4320).optional(),
  /** `cbcs`: its media are encrypted, and a player needs a licence. */
  protection: z.enum(['clear', 'cbcs']).optional(),
  /** Who encodes it. */
  engine: Engine.optional(),
});
export type ProcessingChoices = z.infer<typeof ProcessingChoices>;

/** What the peek of an upload has shown: that it can be used, that it cannot, or nothing, which only the whole file does. */
export const PeekOutcome = z.object({
  uploadId: UploadId,
  verdict: z.enum(['accepted', 'rejected', 'unknown']),
  /** Nothing more comes of it: segment 1 and poster are there, or will not be. */
  isOver: z.boolean(),
});

/** The record of a video: the truth about it, one item of the videos table. */
export const Video = z.object({
  videoId: VideoId,
  ownerId: UserId,
  title: Title,
  description: Description.optional(),
  tags: Tags.optional(),
  category: Category.optional(),
  /** BCP 47: what is spoken in it. */
  language: z.string().optional(),
  licence: Licence.optional(),
  chapters: Chapters.optional(),
  visibility: Visibility,
  /** Until then it is private, whatever its visibility; from then on its visibility counts. Absent: published at once. */
  publishAt: Instant.optional(),
  /** When everybody could watch it for the first time: published once, it stays so. */
  publishedAt: Instant.optional(),
  /** When its publication is to be told, or told again; absent once that is done (platform/records/publications.ts). */
  publicationAt: Instant.optional(),
  state: VideoState,
  /** The number of the processing run that the record speaks of; 0 before the first. */
  attempt: z.int().nonnegative(),
  /** The last attempt before this one that was ready: watched while this one cannot be. */
  readyAttempt: z.int().positive().optional(),
  /** The number of the execution with which the present try of the attempt began; absent: 0. */
  firstExecution: z.int().nonnegative().optional(),
  /** Raised by each write; optimistic concurrency. */
  version: z.int().positive(),
  createdAt: Instant,
  updatedAt: Instant,
  source: Source.optional(),
  /** The first attempt that was made of this source; absent: all were. */
  sourceSince: z.int().positive().optional(),
  /** Bytes of files that were replaced and are not removed yet. */
  leftBytes: z.int().nonnegative().optional(),
  /** The file that is to take the place of the source, while it is on its way. */
  replacement: Source.optional(),
  processing: ProcessingChoices.optional(),
  /** Of an encrypted title: the key of the newest attempt, and of the one that is watched until that can be. */
  contentKey: ContentKey.optional(),
  formerKey: ContentKey.optional(),
  peek: PeekOutcome.optional(),
  reason: Reason.optional(),
  durationSeconds: z.number().positive().optional(),
  rungs: z.array(RungSummary).optional(),
  /** Of a file on its way the share that its client has begun to send, later the share of encode jobs that are done; 0 to 1. */
  progress: z.number().min(0).max(1).optional(),
  /** Processor seconds that the encode stage of an attempt is reckoned to take; of one that others encode there is none. */
  encodeWork: z.object({ attempt: z.int().positive(), cpuSeconds: z.number().nonnegative() }).optional(),
  /** Set once the candidates for the poster, of this attempt, are in the media bucket; and how many they are. */
  posterAttempt: z.int().positive().optional(),
  posterCandidates: z.int().min(1).max(maxCandidates).optional(),
  /** What the creator chose for a poster; until then the best candidate is it. */
  poster: PosterChoice.optional(),
  /** The last picture that they sent for one. */
  picture: SentPicture.optional(),
  captions: z.array(Caption).optional(),
  /** The run whose source was last searched for captions. */
  embeddedCaptionsAttempt: z.int().positive().optional(),
  /** Set once the manifests of this attempt list media under the keys of a DRM provider, who gives the licences too. */
  drmAttempt: z.int().positive().optional(),
  /** What its attempt is ready without. */
  missing: z.array(Extra).optional(),
  uploadedAt: Instant.optional(),
  playableAt: Instant.optional(),
  readyAt: Instant.optional(),
  /** Of a deleted video: since when, what it was before, and when it is really gone. */
  deletedAt: Instant.optional(),
  stateBeforeDeletion: VideoState.optional(),
  purgeAt: Instant.optional(),
  /** When something of the video is to be removed from storage: all of it, or what newer attempts have left behind. */
  removalAt: Instant.optional(),
});
export type Video = z.infer<typeof Video>;
