import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CommentId, Commenting } from '../../../domain/community/comments.ts';
import type { VideoId } from '../../../domain/ids.ts';
import type { Dynamo } from '../../clients/dynamo.ts';

/** What a video's owner has chosen for its comments. */
export const Settings = z.object({ commenting: Commenting.default('open'), pinned: CommentId.optional() });
export type Settings = z.infer<typeof Settings>;

export interface SettingsChange {
  readonly commenting?: Commenting | undefined;
  /** Null: none any more. */
  readonly pinned?: CommentId | null | undefined;
}

export const settingsKey = (videoId: VideoId) => ({ pk: `VIDEO#${videoId}`, sk: 'SETTINGS' });

export const commentSettings = (dynamo: Dynamo, table: string) => ({
  async get(videoId: VideoId): Promise<Settings> {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: settingsKey(videoId), ConsistentRead: true }),
    );
    return Settings.parse(Item ?? {});
  },

  async change(videoId: VideoId, { commenting, pinned }: SettingsChange): Promise<Settings> {
    const sets = [
      ...(commenting === undefined ? [] : ['commenting = :commenting']),
      ...(pinned == null ? [] : ['pinned = :pinned']),
    ];
    const { Attributes } = await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: settingsKey(videoId),
        UpdateExpression: [
          ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
          ...(pinned === null ? ['REMOVE pinned'] : []),
        ].join(' '),
        ...(sets.length > 0 && {
          ExpressionAttributeValues: {
            ...(commenting !== undefined && { ':commenting': commenting }),
            ...(pinned != null && { ':pinned': pinned }),
          },
        }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Settings.parse(Attributes ?? {});
  },
});
export type CommentSettings = ReturnType<typeof commentSettings>;
