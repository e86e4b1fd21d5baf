import { SQSClient } from '@aws-sdk/client-sqs';
import { callPolicy } from './policy.ts';

export const sqsClient = (): SQSClient => new SQSClient(callPolicy('control'));
/** For ReceiveMessage with a wait. */
export const sqsPollClient = (): SQSClient => new SQSClient(callPolicy('longPoll'));
