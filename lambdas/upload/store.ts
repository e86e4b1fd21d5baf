import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  paginateQuery,
  QueryCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { UploadId, UserId, VideoId } from '../../domain/ids.ts';
import { peekOf } from '../../domain/upload/peek.ts';
import { exceededBy, type QuotaUse, type UploadQuota, usedAt } from '../../domain/upload/quota.ts';
import type { Source, Video } from '../../domain/video/video.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { quotaTake, quotaUse } from '../../platform/records/quotas.ts';
import { transact } from '../../platform/records/transactions.ts';
import { endForNothing } from '../../platform/records/upload-sessions.ts';
import { videoPut, videoUpdate } from '../../platform/records/videos.ts';
import { UploadState } from './routes.ts';

/** Index of the uploads table: by owner, newest first (ids sort by time). */
const byOwnerIndex = 'byOwner';
/** Sparse index of the open uploads by the time they expire: a closed upload has no `open` and is not in it. */
const openIndex = 'open';

/** How long the record of an upload outlives its expiry: the expiry must find it, and late repeats an answer. */
const keptAfterExpirySeconds = 30 * 24 * 3600;

/** One multipart upload session. Times are milliseconds since the epoch. */
const Upload = z.object({
  uploadId: UploadId,
  videoId: VideoId,
  ownerId: UserId,
  state: UploadState,
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.int().positive(),
  partSizeBytes: z.int().positive(),
  /** S3's id of the multipart upload. */
  multipartId: z.string(),
  createdAt: z.int(),
  expiresAt: z.int(),
  /** When its completion was last asked for. */
  completingSince: z.int().optional(),
  /** Its file takes the place of the one that the video has. */
  replaces: z.literal(true).optional(),
  /** The run that the completed upload began. */
  attempt: z.int().positive().optional(),
});
export type Upload = z.infer<typeof Upload>;

/** What is sent ahead of a file. Of one that replaces another nobody waits for a verdict: there is something to watch. */
export const peekRangesOf = ({ sizeBytes, replaces }: Upload) => (replaces ? null : peekOf(sizeBytes));

/** How an upload may end. */
export type UploadEnd =
  | { readonly state: 'completed'; readonly attempt: number }
  | { readonly state: 'aborted' | 'expired' };

export interface QuotaRoom {
  readonly quota: UploadQuota;
  readonly seen: QuotaUse | undefined;
}
export interface QuotaFull {
  readonly part: keyof UploadQuota;
  readonly use: QuotaUse | undefined;
}

export interface Uploads {
  /** Strongly consistent. */
  readonly get: (uploadId: UploadId) => Promise<Upload | undefined>;
  /** What a creator has used of their quota. */
  readonly quotaUse: (ownerId: UserId) => Promise<QuotaUse | undefined>;
  /**
   * Writes the upload and the video it is for, and takes its room of the quota: all or nothing. Answers what it did not fit
   * into; `seen` is what the caller knows of the use.
   */
  readonly create: (upload: Upload, video: Video, room: QuotaRoom) => Promise<QuotaFull | undefined>;
  /**
   * Writes an upload that is to replace the file of a video, says so on the video's record, and takes its room: all or nothing.
   * `changed`: the record is another meanwhile.
   */
  readonly createReplacing: (
    upload: Upload,
    video: Video,
    file: Source,
    room: QuotaRoom,
  ) => Promise<QuotaFull | 'changed' | undefined>;
  /** Ends an open upload; one that has ended keeps its end. What comes to nothing gives its room back, with the same write. */
  readonly close: (upload: Upload, end: UploadEnd) => Promise<void>;
  /** Notes that the completion of an open upload begins, and when to look whether it was seen through. */
  readonly completing: (uploadId: UploadId, times: { since: number; expiresAt: number }) => Promise<void>;
  /** Moves the expiry of an open upload. */
  readonly postpone: (uploadId: UploadId, expiresAt: number) => Promise<void>;
  /** The open uploads of one person, newest first; a page may be short and yet have a cursor. */
  readonly listOpen: (
    ownerId: UserId,
    page: { limit: number; cursor: UploadId | undefined },
  ) => Promise<{ uploads: Upload[]; cursor: string | null }>;
  /** Ids of open uploads that expired before `now`. Eventually consistent: read the record before acting. */
  readonly expired: (now: number) => AsyncIterable<UploadId>;
}

const removalSeconds = (expiresAt: number) => Math.floor(expiresAt / 1000) + keptAfterExpirySeconds;

export function uploadStore(
  dynamo: Dynamo,
  tables: { readonly uploads: string; readonly videos: string; readonly quotas: string },
): Uploads {
  const readUse: Uploads['quotaUse'] = (ownerId) => quotaUse(dynamo, tables.quotas, ownerId);
  const whileOpenUpdate = (uploadId: UploadId, expression: string, values: Record<string, unknown>) => ({
    TableName: tables.uploads,
    Key: { uploadId },
    UpdateExpression: expression,
    ConditionExpression: '#state = :open',
    ExpressionAttributeNames: { '#state': 'state', ...(expression.includes('#open') ? { '#open': 'open' } : {}) },
    ExpressionAttributeValues: { ':open': 'open', ...values },
  });
  const whileOpen = async (uploadId: UploadId, expression: string, values: Record<string, unknown>) => {
    try {
      await dynamo.send(new UpdateCommand(whileOpenUpdate(uploadId, expression, values)));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  const uploadPut = (upload: Upload) => ({
    TableName: tables.uploads,
    Item: { ...Upload.parse(upload), open: 'yes', expiresAtSeconds: removalSeconds(upload.expiresAt) },
    ConditionExpression: 'attribute_not_exists(uploadId)',
  });
  /** Writes an upload and what it means for its video, and takes its room. What the quota's record says may change meanwhile. */
  const createTaking = async (
    upload: Upload,
    ofVideo: NonNullable<TransactWriteCommandInput['TransactItems']>[number],
    { quota, ...room }: QuotaRoom,
  ): Promise<QuotaFull | 'changed' | undefined> => {
    const now = upload.createdAt;
    let { seen } = room;
    for (;;) {
      const part = exceededBy(quota, usedAt(seen, now), upload.sizeBytes);
      if (part !== undefined) return { part, use: seen };
      const failed = await transact(dynamo, [
        { Put: uploadPut(upload) },
        ofVideo,
        { Update: quotaTake(tables.quotas, upload, quota, seen, now) },
      ]);
      if (failed.length === 0) return undefined;
      if (failed.includes(1)) return 'changed';
      if (!failed.includes(2)) throw new Error(`upload ${upload.uploadId} exists already`);
      seen = await readUse(upload.ownerId);
    }
  };
  return {
    quotaUse: readUse,
    async get(uploadId) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: tables.uploads, Key: { uploadId }, ConsistentRead: true }),
      );
      return Item && Upload.parse(Item);
    },
    async create(upload, video, room) {
      const full = await createTaking(upload, { Put: videoPut(tables.videos, video) }, room);
      if (full === 'changed') throw new Error(`video ${video.videoId} exists already`);
      return full;
    },
    createReplacing(upload, { videoId, version, state }, replacement, room) {
      const change = { set: { replacement }, onlyIf: { version, state: [state] } };
      return createTaking(upload, { Update: videoUpdate(tables.videos, videoId, change, upload.createdAt) }, room);
    },
    close: (upload, end) =>
      end.state === 'completed'
        ? whileOpen(upload.uploadId, 'SET #state = :end, attempt = :attempt REMOVE #open', {
            ':end': end.state,
            ':attempt': end.attempt,
          })
        : endForNothing(dynamo, tables, upload, end.state),
    completing: (uploadId, { since, expiresAt }) =>
      whileOpen(uploadId, 'SET completingSince = :since, expiresAt = :at', { ':since': since, ':at': expiresAt }),
    postpone: (uploadId, expiresAt) =>
      whileOpen(uploadId, 'SET expiresAt = :at, expiresAtSeconds = :removal', {
        ':at': expiresAt,
        ':removal': removalSeconds(expiresAt),
      }),
    async listOpen(ownerId, { limit, cursor }) {
      const answer = await dynamo.send(
        new QueryCommand({
          TableName: tables.uploads,
          IndexName: byOwnerIndex,
          KeyConditionExpression: 'ownerId = :owner',
          FilterExpression: '#state = :open',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':owner': ownerId, ':open': 'open' },
          ScanIndexForward: false,
          Limit: limit,
          ...(cursor === undefined ? {} : { ExclusiveStartKey: { ownerId, uploadId: cursor } }),
        }),
      );
      return {
        uploads: (answer.Items ?? []).map((item) => Upload.parse(item)),
        cursor: (answer.LastEvaluatedKey?.['uploadId'] as string | undefined) ?? null,
      };
    },
    async *expired(now) {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: tables.uploads,
          IndexName: openIndex,
          KeyConditionExpression: '#open = :yes AND expiresAt < :now',
          ExpressionAttributeNames: { '#open': 'open' },
          ExpressionAttributeValues: { ':yes': 'yes', ':now': now },
        },
      );
      for await (const page of pages) for (const item of page.Items ?? []) yield UploadId.parse(item['uploadId']);
    },
  };
}
