import { BatchGetCommand, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import pRetry from 'p-retry';
import type { VideoId } from '../../domain/ids.ts';
import { CardRecord } from '../../domain/video/card.ts';
import type { Dynamo } from '../clients/dynamo.ts';

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
    const found: CardRecord[] = [];
    let left: BatchGetCommandOutput['UnprocessedKeys'] = {
      [table]: {
        Keys: videoIds.map((videoId) => ({ videoId })),
        ProjectionExpression: Object.keys(names).join(', '),
        ExpressionAttributeNames: names,
      },
    };
    // A throttled table answers in part and names the rest, which the SDK does not ask for again.
    await pRetry(
      async () => {
        const answer: BatchGetCommandOutput = await dynamo.send(new BatchGetCommand({ RequestItems: left }));
        found.push(...(answer.Responses?.[table] ?? []).map((item) => CardRecord.parse(item)));
        left = answer.UnprocessedKeys;
        if (left && Object.keys(left).length > 0) throw new AnsweredInPart();
      },
      { retries: 4, minTimeout: 50, randomize: true, shouldRetry: ({ error }) => error instanceof AnsweredInPart },
    );
    return found;
  };

class AnsweredInPart extends Error {
  override readonly message = 'the videos table answers only in part';
}
