import { SFNClient } from '@aws-sdk/client-sfn';
import { callPolicy } from './policy.ts';

export const sfnClient = (): SFNClient => new SFNClient(callPolicy('control'));
