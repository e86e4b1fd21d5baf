import { CreateJobCommand, MediaConvertClient } from '@aws-sdk/client-mediaconvert';
import { expect, it } from 'vitest';
import { transcodeRequest } from '../../../../../domain/media/mediaconvert/job.ts';
import { newVideoId } from '../../../../../platform/ids.ts';
import { fakeMediaConvert } from '../../../../commands/fake-mediaconvert.ts';
import { planOfSeconds } from '../../../jobs/plan.ts';

/** The service's JSON has our names, but for the case of their first letter; keys of maps are ours. */
const onTheWire = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(onTheWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.includes(' ') ? key : `${key.charAt(0).toLowerCase()}${key.slice(1)}`,
      onTheWire(inner),
    ]),
  );
};

it('all that is asked for goes over the wire, under the service’s names, and twice is one job', async () => {
  await using service = await fakeMediaConvert();
  const client = new MediaConvertClient({
    endpoint: service.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const track = { streamIndex: 1, codec: 'aac', channels: 2, sampleRate: 48_000, startSeconds: 0, timescale: 48_000 };
  const plan = planOfSeconds({ videoId: newVideoId(), attempt: 1 }, 20, 'mediaconvert', [track]);
  const request = transcodeRequest(plan, {
    roleArn: 'arn:aws:iam::111122223333:role/mediaconvert',
    queueArn: 'arn:aws:mediaconvert:us-east-1:111122223333:queues/Default',
    uploadsBucket: 'uploads',
    mediaBucket: 'media',
  });
  const first = await client.send(new CreateJobCommand(request));
  const second = await client.send(new CreateJobCommand(request));
  expect(second.Job?.Id).toBe(first.Job?.Id);
  expect([...service.jobs.values()]).toEqual([onTheWire(request)]);
});
