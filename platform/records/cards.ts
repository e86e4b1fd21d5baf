import type { VideoId } from '../../domain/ids.ts';
import { CardRecord } from '../../domain/video/card.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { batchGet } from './batches.ts';

/** Reads what cards are made of: of up to 100 different videos, in no order; what is not there is left out. */
export type ReadCards = (videoIds: readonly VideoId[]) => Promise<CardRecord[]>;

const fields = Object.keys(CardRecord.shape);
const names = Object.fromEntries(fields.map((field) => [`#${field}`, field]));

/**
 * Eventually consistent, at half the price: a card may be a second old. Who opens the video is judged by its newest record.
 */
export const cardReader =
  (dynamo: Dynamo, table: string): ReadCards =>
  async (videoIds) => {
    const found = await batchGet(dynamo, table, {
      Keys: videoIds.map((videoId) => ({ videoId })),
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: names,
    });
    return found.map((item) => CardRecord.parse(item));
  };
