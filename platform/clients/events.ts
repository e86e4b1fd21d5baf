import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type * as z from 'zod';
import { type EventKind, eventSource } from '../../domain/events/events.ts';
import { callPolicy } from './policy.ts';

export type Publish = <D extends z.ZodType>(kind: EventKind<D>, detail: z.input<D>) => Promise<void>;

/** The one way onto the bus: the detail is parsed by the event's own schema. */
export function publisher(busName: string): Publish {
  const client = new EventBridgeClient(callPolicy('control'));
  return async (kind, detail) => {
    const answer = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: busName,
            Source: eventSource,
            DetailType: kind.name,
            Detail: JSON.stringify(kind.detail.parse(detail)),
          },
        ],
      }),
    );
    if (answer.FailedEntryCount)
      throw new Error(`event ${kind.name} was refused: ${answer.Entries?.[0]?.ErrorMessage}`);
  };
}
