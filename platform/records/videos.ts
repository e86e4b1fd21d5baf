import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, paginateQuery, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OpenWork } from '../../domain/capacity/backlog.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import { statesBefore } from '../../domain/video/life-cycle.ts';
import { Video, type VideoState } from '../../domain/video/video.ts';
import type { Dynamo } from '../clients/dynamo.ts';

/** Index of the videos table: by owner, newest first (ids sort by time). */
export const byOwnerIndex = 'byOwner';
/** Sparse index of deleted videos: by owner (`trashOf`), the last deleted first. */
export const trashIndex = 'trash';
/** Sparse index of videos of which something is to be removed: `removal`, and when (`removalAt`). */
export const removalIndex = 'removal';
/** Sparse index of unsettled videos, for the reconciler: `unsettled` = state while processing or playable. */
export const unsettledIndex = 'unsettled';

/** Sparse index of videos whose publication is to be told: `publication`, and when (publications.ts). */
export const publicationIndex = 'publication';

/** What a write may set, and what it asks of the record first. */
export interface VideoChange {
  readonly set: Partial<Omit<Video, 'videoId' | 'ownerId' | 'createdAt' | 'version' | 'updatedAt'>>;
  readonly remove?: readonly (
    | 'reason'
    | 'durationSeconds'
    | 'rungs'
    | 'progress'
    | 'missing'
    | 'posterAttempt'
    | 'posterCandidates'
    | 'playableAt'
    | 'readyAt'
    | 'contentKey'
    | 'formerKey'
    | 'readyAttempt'
    | 'replacement'
    | 'leftBytes'
    | 'stateBeforeDeletion'
    | 'deletedAt'
    | 'purgeAt'
    | 'removalAt'
    | 'description'
    | 'tags'
    | 'category'
    | 'language'
    | 'licence'
    | 'chapters'
    | 'publishAt'
    | 'publicationAt'
  )[];
  /** Without a state, any but `deleted`: of a deleted video only what is meant for it changes anything. */
  readonly onlyIf?: { readonly state?: readonly VideoState[]; readonly attempt?: number; readonly version?: number };
}

/** Access to the records of videos. Reads are strongly consistent; every write is conditional and raises `version`. */
export interface Videos {
  /** Undefined also for a video that was purged. */
  readonly get: (videoId: VideoId) => Promise<Video | undefined>;
  readonly create: (video: Video) => Promise<void>;
  /** Applies the change and returns the record after it; undefined if a condition did not hold. */
  readonly change: (videoId: VideoId, change: VideoChange, now: number) => Promise<Video | undefined>;
  /** Moves to `state` if the life cycle allows it from where the record is. */
  readonly moveTo: (
    videoId: VideoId,
    state: VideoState,
    change: VideoChange,
    now: number,
  ) => Promise<Video | undefined>;
  /**
   * Notes that an upload or its processing goes on: `progress` (0 to 1) only rises; `encodeSeconds` is what its encode stage will
   * take. No change of the record in anybody's eyes, so `version` stays; nothing happens if the attempt has been overtaken or
   * the video is settled.
   */
  readonly note: (
    videoId: VideoId,
    noted: { attempt: number; progress?: number; encodeSeconds?: number },
    now: number,
  ) => Promise<void>;
  readonly listByOwner: (
    ownerId: UserId,
    page: { limit: number; cursor: VideoId | undefined },
  ) => Promise<{ videos: Video[]; cursor: string | null }>;
  /** Videos in processing or playable that have not changed since `before` (ms). Eventually consistent. */
  readonly listUnsettled: (before: number, limit: number) => Promise<Video[]>;
  /** What is left to do for each video in processing or playable, however many there are. Eventually consistent. */
  readonly listOpenWork: () => Promise<OpenWork[]>;
}

/** The part of a record that tells what is left to do. */
const OpenWorkItem = Video.pick({ attempt: true, encodeWork: true, progress: true });

const unsettled = (state: VideoState | undefined) =>
  state === 'processing' || state === 'playable' ? 'yes' : undefined;

/** An item of the table as a record; undefined for what is left of a purged video. */
export const videoOf = (item: Record<string, unknown> | undefined): Video | undefined =>
  item === undefined || 'purgedAt' in item ? undefined : Video.parse(item);

/** A change as parameters of an Update, for use in a transaction too. */
export function videoUpdate(table: string, videoId: VideoId, change: VideoChange, now: number) {
  const names: Record<string, string> = { '#version': 'version', '#updatedAt': 'updatedAt' };
  const values: Record<string, unknown> = { ':one': 1, ':now': now };
  const sets = ['#version = #version + :one', '#updatedAt = :now'];
  const removes: string[] = [];
  const put = (field: string, value: unknown) => {
    names[`#${field}`] = field;
    values[`:${field}`] = value;
    sets.push(`#${field} = :${field}`);
  };
  const { removalAt = change.set.purgeAt, ...set } = change.set;
  for (const [field, value] of Object.entries(set)) if (value !== undefined) put(field, value);
  if (change.set.state !== undefined) {
    const mark = unsettled(change.set.state);
    if (mark) put('unsettled', mark);
    else removes.push('#unsettled');
    names['#unsettled'] = 'unsettled';
    names['#trashOf'] = 'trashOf';
    if (change.set.state === 'deleted') sets.push('#trashOf = ownerId');
    else removes.push('#trashOf');
  }
  if (removalAt !== undefined) {
    put('removalAt', removalAt);
    put('removal', 'due');
  }
  if (change.set.publicationAt !== undefined) put('publication', 'yes');
  const removed = change.remove ?? [];
  // Each goes with what has an item in its index.
  const marks = { removalAt: 'removal', publicationAt: 'publication' } as const;
  for (const field of [
    ...removed,
    ...removed.flatMap((name) => (name in marks ? marks[name as keyof typeof marks] : [])),
  ]) {
    names[`#${field}`] = field;
    removes.push(`#${field}`);
  }
  const conditions = ['attribute_exists(videoId)', 'attribute_not_exists(purgedAt)'];
  const { state, attempt, version } = change.onlyIf ?? {};
  names['#state'] = 'state';
  if (state === undefined) {
    values[':deleted'] = 'deleted';
    conditions.push('#state <> :deleted');
  } else {
    state.forEach((s, i) => {
      values[`:from${i}`] = s;
    });
    conditions.push(`#state IN (${state.map((_, i) => `:from${i}`).join(', ')})`);
  }
  if (attempt !== undefined) {
    names['#attempt'] = 'attempt';
    values[':onlyAttempt'] = attempt;
    conditions.push('#attempt = :onlyAttempt');
  }
  if (version !== undefined) {
    values[':onlyVersion'] = version;
    conditions.push('#version = :onlyVersion');
  }
  return {
    TableName: table,
    Key: { videoId },
    UpdateExpression: `SET ${sets.join(', ')}${removes.length ? ` REMOVE ${removes.join(', ')}` : ''}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** A new record as parameters of a Put, for use in a transaction too. */
export const videoPut = (table: string, video: Video) => ({
  TableName: table,
  Item: { ...Video.parse(video), unsettled: unsettled(video.state) },
  ConditionExpression: 'attribute_not_exists(videoId)',
});

export function videoRecords(dynamo: Dynamo, table: string): Videos {
  const change: Videos['change'] = async (videoId, what, now) => {
    try {
      const answer = await dynamo.send(
        new UpdateCommand({ ...videoUpdate(table, videoId, what, now), ReturnValues: 'ALL_NEW' }),
      );
      return Video.parse(answer.Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };
  return {
    change,
    moveTo: (videoId, state, what, now) =>
      change(
        videoId,
        { ...what, set: { ...what.set, state }, onlyIf: { state: statesBefore(state), ...what.onlyIf } },
        now,
      ),
    async get(videoId) {
      const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: { videoId }, ConsistentRead: true }));
      return videoOf(Item);
    },
    async create(video) {
      await dynamo.send(new PutCommand(videoPut(table, video)));
    },
    async note(videoId, { attempt, progress, encodeSeconds }, now) {
      const raise =
        progress === undefined
          ? undefined
          : { set: ', progress = :progress', onlyIf: ' AND (attribute_not_exists(progress) OR progress < :progress)' };
      const work = encodeSeconds === undefined ? undefined : { attempt, cpuSeconds: encodeSeconds };
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: { videoId },
            UpdateExpression: `SET updatedAt = :now${raise?.set ?? ''}${work ? ', encodeWork = :work' : ''}`,
            ConditionExpression: `attempt = :attempt AND (attribute_exists(unsettled) OR #state = :uploading)${raise?.onlyIf ?? ''}`,
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':uploading': 'uploading',
              ':now': now,
              ':attempt': attempt,
              ...(raise && { ':progress': progress }),
              ...(work && { ':work': work }),
            },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    async listByOwner(ownerId, { limit, cursor }) {
      const answer = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: byOwnerIndex,
          KeyConditionExpression: 'ownerId = :owner',
          ExpressionAttributeValues: { ':owner': ownerId },
          ScanIndexForward: false,
          Limit: limit,
          ...(cursor === undefined ? {} : { ExclusiveStartKey: { ownerId, videoId: cursor } }),
        }),
      );
      return {
        videos: (answer.Items ?? []).map((item) => Video.parse(item)).filter((v) => v.state !== 'deleted'),
        cursor: (answer.LastEvaluatedKey?.['videoId'] as string | undefined) ?? null,
      };
    },
    async listUnsettled(before, limit) {
      const answer = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: unsettledIndex,
          KeyConditionExpression: 'unsettled = :yes AND updatedAt < :before',
          ExpressionAttributeValues: { ':yes': 'yes', ':before': before },
          Limit: limit,
        }),
      );
      return (answer.Items ?? []).map((item) => Video.parse(item));
    },
    async listOpenWork() {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          IndexName: unsettledIndex,
          KeyConditionExpression: 'unsettled = :yes',
          ExpressionAttributeValues: { ':yes': 'yes' },
          ProjectionExpression: Object.keys(OpenWorkItem.shape).join(', '),
        },
      );
      const open: OpenWork[] = [];
      for await (const { Items = [] } of pages) open.push(...Items.map((item) => OpenWorkItem.parse(item)));
      return open;
    },
  };
}
