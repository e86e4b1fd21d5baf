import { KMSClient } from '@aws-sdk/client-kms';
import { callPolicy } from './policy.ts';

export const kmsClient = (): KMSClient => new KMSClient(callPolicy('control'));
