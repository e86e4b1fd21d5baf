import { describe, expect, it } from 'vitest';
import { JobStateChange, newsOf, reasonOfError } from '../../../../../domain/media/mediaconvert/events.ts';

/** An event as EventBridge brings it. */
const event = (status: string, of: object = {}) => ({
  version: '0',
  source: 'aws.mediaconvert',
  'detail-type': 'MediaConvert Job State Change',
  detail: {
    timestamp: 1_671_477_621_654,
    queue: 'arn:aws:mediaconvert:us-west-2:111122223333:queues/Default',
    jobId: '1671477617078-2886ye',
    userMetadata: { videoId: '01JD0000000000000000000000', attempt: '3' },
    status,
    ...of,
  },
});
const news = (status: string, of?: object) => newsOf(JobStateChange.parse(event(status, of)).detail);

describe('an event of a job', () => {
  it('names its run by our metadata', () => {
    const { detail } = JobStateChange.parse(event('COMPLETE'));
    expect(detail.userMetadata).toEqual({ videoId: '01JD0000000000000000000000', attempt: 3 });
  });

  it.each([
    ['how far it is', 'STATUS_UPDATE', { jobProgress: { jobPercentComplete: 40 } }, { is: 'progress', share: 0.4 }],
    ['only that it goes on', 'STATUS_UPDATE', { framesDecoded: 353 }, { is: 'progress', share: undefined }],
    ['that all is made', 'COMPLETE', { outputGroupDetails: [] }, { is: 'complete' }],
    ['that somebody canceled it', 'CANCELED', {}, { is: 'over', reason: { code: 'encode-failed' } }],
    [
      'why it failed',
      'ERROR',
      { errorCode: 1030, errorMessage: 'Unsupported' },
      { is: 'over', reason: { code: 'unsupported-codec', detail: 'MediaConvert 1030: Unsupported' } },
    ],
  ])('says %s', (_, status, of, expected) => {
    expect(news(status, of)).toMatchObject(expected);
  });

  it.each([
    ['of somebody else', event('COMPLETE', { userMetadata: {} })],
    [
      'of an attempt that is no number',
      event('COMPLETE', { userMetadata: { videoId: '01JD0000000000000000000000', attempt: 'x' } }),
    ],
    ['of a state that is not asked for', event('INPUT_INFORMATION')],
  ])('%s is not taken', (_, other) => {
    expect(JobStateChange.safeParse(other).success).toBe(false);
  });
});

describe('an error', () => {
  it.each([
    [1020, 'no-video-track'],
    [1076, 'truncated'],
    [1404, 'source-missing'],
    [1401, 'internal'],
    [1010, 'encode-failed'],
    [4711, 'encode-failed'],
    [undefined, 'encode-failed'],
  ])('%s is the reason %s', (code, reason) => {
    expect(reasonOfError(code, 'why').code).toBe(reason);
  });

  it('of any length fits a record', () => {
    expect(reasonOfError(1999, 'x'.repeat(5000)).detail).toHaveLength(2000);
  });
});
