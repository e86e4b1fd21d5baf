import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { type EventKind, eventSource } from '../../domain/events/events.ts';
import { awsConfig, localCloud } from './local-cloud.ts';

/** Somebody who listens to the platform's bus. */
export interface Listener<Detail> {
  /** What has come so far, in the order in which it came. */
  readonly heard: () => Promise<readonly Detail[]>;
}

const Delivered = z.object({ detail: z.unknown() });

/** Listens to events of one kind from now on, as a consumer would: by a rule that leads to a queue. */
export async function listenTo<D extends z.ZodType>(kind: EventKind<D>): Promise<Listener<z.output<D>>> {
  const [bridge, sqs] = [new EventBridgeClient(awsConfig()), new SQSClient(awsConfig())];
  const name = `heard-${randomUUID()}`;
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const EventBusName = localCloud().outputs.WorkerEnvironment['EVENT_BUS_NAME'];
  const EventPattern = JSON.stringify({ source: [eventSource], 'detail-type': [kind.name] });
  await bridge.send(new PutRuleCommand({ Name: name, EventBusName, EventPattern }));
  const Targets = [{ Id: 'queue', Arn: Attributes?.QueueArn }];
  await bridge.send(new PutTargetsCommand({ Rule: name, EventBusName, Targets }));
  const details: z.output<D>[] = [];
  return {
    async heard() {
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return details;
        for (const { Body = '', ReceiptHandle } of Messages) {
          details.push(kind.detail.parse(Delivered.parse(JSON.parse(Body)).detail));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
}
