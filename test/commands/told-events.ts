import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type * as z from 'zod';
import { type EventKind, eventSource } from '../../domain/events/events.ts';
import { awsConfig, localCloud } from './local-cloud.ts';

/** Tells the platform's bus of something, as the service does to which it happens. */
export async function tell<D extends z.ZodType>(kind: EventKind<D>, detail: z.input<D>): Promise<void> {
  const EventBusName = localCloud().outputs.WorkerEnvironment['EVENT_BUS_NAME'];
  const Detail = JSON.stringify(kind.detail.parse(detail));
  const answer = await new EventBridgeClient(awsConfig()).send(
    new PutEventsCommand({ Entries: [{ EventBusName, Source: eventSource, DetailType: kind.name, Detail }] }),
  );
  if (answer.FailedEntryCount) throw new Error(`${kind.name} was refused`);
}
