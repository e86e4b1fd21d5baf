import { MediaConvertClient } from '@aws-sdk/client-mediaconvert';
import { callPolicy } from './policy.ts';

/** `endpoint`: where the service listens, if not at its regional endpoint. */
export const mediaConvertClient = (endpoint: string | undefined): MediaConvertClient =>
  new MediaConvertClient({ ...callPolicy('control'), ...(endpoint !== undefined && { endpoint }) });
