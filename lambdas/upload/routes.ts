import * as z from 'zod';
import { owner, role } from '../../domain/access/policy.ts';
import { reading, transferring, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { UploadId, VideoId } from '../../domain/ids.ts';
import { Line } from '../../domain/text.ts';
import { maxParts, minPartBytes } from '../../domain/upload/parts.ts';
import { ReasonCode } from '../../domain/video/reasons.ts';
import { ProcessingChoices, RungSummary, Title, Visibility } from '../../domain/video/video.ts';

const PartNumber = z.int().min(1).max(maxParts);
/** SHA-256 of a part's bytes, base64: the value of `x-amz-checksum-sha256`. */
const Checksum = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be a base64 SHA-256');

export const UploadState = z.enum(['open', 'completed', 'aborted', 'expired']);

const ByteRange = z.object({ from: z.int(), to: z.int() });

const UploadSession = z.object({
  uploadId: UploadId,
  videoId: VideoId,
  /** Whether its file takes the place of the one that the video has. */
  replaces: z.boolean(),
  state: UploadState,
  fileName: z.string(),
  sizeBytes: z.int(),
  partSizeBytes: z.int(),
  partCount: z.int(),
  /**
   * What to send ahead of the parts, in bytes [from, to), so that the verdict comes while they are on their way; null for
   * a file that gains nothing by it.
   */
  peek: z.object({ head: ByteRange, tail: ByteRange }).nullable(),
  createdAt: z.int(),
  expiresAt: z.int(),
});

const QuotaPart = z.object({ used: z.int(), allowed: z.int() });

const StoredPart = z.object({ number: PartNumber, sizeBytes: z.int(), checksum: Checksum });

const PeekChecksums = z.strictObject({ head: Checksum, tail: Checksum });
/** PUT the bytes to `url` with exactly `headers`. */
const SignedPut = z.object({ url: z.url(), headers: z.record(z.string(), z.string()) });

const params = z.object({ uploadId: UploadId });
const usual = { ratePerSecond: 200, burst: 400 };

export const routes = {
  createUpload: route({
    method: 'POST',
    path: '/uploads',
    summary:
      'Begin an upload: makes the video and a multipart upload. With `replaces` its file takes the place of that of a video of the caller, whose id and links stay',
    access: role('creator', 'admin'),
    throttle: usual,
    limits: writing,
    idempotency: 'key',
    body: z.strictObject({
      fileName: Line(255),
      contentType: z.string().max(100),
      sizeBytes: z.int().min(1),
      title: Title.optional(),
      visibility: Visibility.default('private'),
      processing: ProcessingChoices.optional(),
      /** What the video is called, who may watch it and how it is processed stay as they are. */
      replaces: VideoId.optional(),
      /** A wish for smaller parts on a slow link. */
      partSizeBytes: z.int().min(minPartBytes).optional(),
    }),
    answer: { status: 201, body: UploadSession },
    /** quota-exceeded carries `quota`, `used`, `allowed`, and `resetsAt` if it is the day's. */
    problems: [
      'type-not-accepted',
      'file-too-large',
      'engine-not-available',
      'video-not-found',
      'not-replaceable',
      'quota-exceeded',
    ],
  }),
  listUploads: route({
    method: 'GET',
    path: '/uploads',
    summary: 'The open uploads of the caller, newest first',
    access: role('creator', 'admin'),
    throttle: usual,
    limits: reading,
    query: z.object({
      cursor: UploadId.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: { status: 200, body: z.object({ uploads: z.array(UploadSession), cursor: z.string().nullable() }) },
    problems: [],
  }),
  getQuota: route({
    method: 'GET',
    path: '/uploads/quota',
    summary: 'What the caller has used of what they may upload and have kept',
    access: role('creator', 'admin'),
    throttle: usual,
    limits: reading,
    answer: {
      status: 200,
      body: z.object({
        /** Of today, by UTC. */
        uploadsPerDay: QuotaPart,
        bytesPerDay: QuotaPart,
        /** Of all sources that are kept. */
        keptBytes: QuotaPart,
        /** When the day's part begins anew. */
        resetsAt: z.int(),
      }),
    },
    problems: [],
  }),
  getUpload: route({
    method: 'GET',
    path: '/uploads/{uploadId}',
    summary: 'An upload and the parts that have arrived: what is needed to resume it',
    access: owner('upload', 'uploadId'),
    throttle: usual,
    limits: reading,
    params,
    answer: { status: 200, body: UploadSession.extend({ parts: z.array(StoredPart) }) },
    problems: ['upload-not-found'],
  }),
  signParts: route({
    method: 'POST',
    path: '/uploads/{uploadId}/parts',
    summary: 'URLs to PUT parts to; each part is bound to the checksum given here',
    access: owner('upload', 'uploadId'),
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: transferring,
    params,
    body: z.strictObject({
      parts: z
        .array(z.strictObject({ number: PartNumber, checksum: Checksum }))
        .min(1)
        .max(100),
    }),
    answer: {
      status: 200,
      body: z.object({
        parts: z.array(SignedPut.extend({ number: PartNumber })),
        expiresAt: z.int(),
      }),
    },
    problems: ['upload-not-found', 'upload-closed', 'file-rejected'],
  }),
  signPeek: route({
    method: 'POST',
    path: '/uploads/{uploadId}/peek',
    summary: 'URLs to PUT head and tail of the file to; each is bound to the checksum given here',
    access: owner('upload', 'uploadId'),
    throttle: usual,
    limits: writing,
    params,
    body: PeekChecksums,
    answer: { status: 200, body: z.object({ head: SignedPut, tail: SignedPut, expiresAt: z.int() }) },
    problems: ['upload-not-found', 'upload-closed'],
  }),
  beginPeek: route({
    method: 'POST',
    path: '/uploads/{uploadId}/peek/complete',
    summary: 'Have head and tail looked at, once; repeating it changes nothing',
    access: owner('upload', 'uploadId'),
    throttle: usual,
    limits: writing,
    params,
    body: PeekChecksums,
    answer: { status: 202, body: nothing },
    /** peek-incomplete carries `missing`: which of the two to send again. */
    problems: ['upload-not-found', 'upload-closed', 'peek-incomplete'],
  }),
  getPeek: route({
    method: 'GET',
    path: '/uploads/{uploadId}/peek',
    summary: 'What head and tail have shown of a file that is on its way',
    access: owner('upload', 'uploadId'),
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: reading,
    params,
    answer: {
      status: 200,
      body: z.object({
        /** none: not sent. pending: being looked at. unknown: only the whole file will tell. */
        verdict: z.enum(['none', 'pending', 'accepted', 'rejected', 'unknown']),
        /** Whether nothing more will come of it: the poster comes after the verdict. */
        isOver: z.boolean(),
        durationSeconds: z.number().nullable(),
        /** What it will be made in, lowest first. */
        rungs: z.array(RungSummary),
        /** Why it is rejected: the code, and a sentence for the creator. */
        reason: z.object({ code: ReasonCode, sentence: z.string() }).nullable(),
        /** A small JPEG, as a data URL: peeks are private, and so is this. */
        poster: z.string().nullable(),
      }),
    },
    problems: ['upload-not-found'],
  }),
  completeUpload: route({
    method: 'POST',
    path: '/uploads/{uploadId}/complete',
    summary: 'Finish the upload and start processing; repeating it answers the same',
    access: owner('upload', 'uploadId'),
    throttle: usual,
    limits: writing,
    params,
    /** The checksum of every part, in order: what was sent, to be compared with what is stored. */
    body: z.strictObject({ checksums: z.array(Checksum).min(1).max(maxParts) }),
    answer: { status: 200, body: z.object({ uploadId: UploadId, videoId: VideoId, attempt: z.int().positive() }) },
    /** parts-missing and part-checksum-mismatch carry `parts`: the numbers to send again. */
    problems: [
      'upload-not-found',
      'upload-closed',
      'file-rejected',
      'not-replaceable',
      'parts-missing',
      'part-checksum-mismatch',
      'size-mismatch',
    ],
  }),
  abortUpload: route({
    method: 'DELETE',
    path: '/uploads/{uploadId}',
    summary: 'Give an upload up; what had arrived is deleted',
    access: owner('upload', 'uploadId'),
    throttle: usual,
    limits: writing,
    params,
    answer: { status: 204, body: nothing },
    problems: ['upload-not-found', 'upload-closed'],
  }),
} satisfies Routes;
