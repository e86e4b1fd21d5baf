import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { JobMessage } from '../domain/jobs/jobs.ts';

/** One message as received: until it is deleted it comes back when its visibility timeout ends. */
export interface Delivery {
  readonly message: JobMessage;
  readonly delete: () => Promise<void>;
  /** Nobody sees the message for so many seconds from now; 0 gives it back. */
  readonly hide: (seconds: number) => Promise<void>;
}

/** Takes one message of a queue, waiting for up to `waitSeconds` (20 at most); undefined if none came. */
export type Receive = (queueUrl: string, waitSeconds: number, signal: AbortSignal) => Promise<Delivery | undefined>;

/**
 * `polling` is the client for receiving, whose requests last as long as a long poll.
 * A message that is no job's is left to its queue's dead-letter queue: receiving it throws.
 */
export const receiver =
  ({ sqs, polling }: { readonly sqs: SQSClient; readonly polling: SQSClient }): Receive =>
  async (QueueUrl, waitSeconds, abortSignal) => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: waitSeconds });
    const { Messages = [] } = await polling.send(command, { abortSignal });
    const [received] = Messages;
    if (received === undefined) return undefined;
    const { ReceiptHandle } = received;
    return {
      message: JobMessage.parse(JSON.parse(received.Body ?? '')),
      delete: async () => {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      },
      hide: async (seconds) => {
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: seconds }));
      },
    };
  };
