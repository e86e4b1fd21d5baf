import { readFile } from 'node:fs/promises';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, it } from 'vitest';
import { sourceKey } from '../../domain/media/paths.ts';
import { reasons } from '../../domain/video/reasons.ts';
import { endedExecutionsOf, jobs, s3 } from '../commands/books.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { gateTo } from '../commands/gate.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { benchInstanceWorker, startWorker } from '../commands/processes.ts';
import { beginUpload, complete, sendAllParts, uploadWhole, videoIs } from '../commands/uploads.ts';

let creator: Person;
beforeAll(async () => {
  creator = await newCreator();
});

const nothingToWatch = { hls: null, dash: null };

it('a chunk that cannot be decoded is tried three times, then fails the video with the reason', async () => {
  // The index and the first segment are whole, so that only the encode finds out.
  const bytes = await readFile((await clip({ ...ordinary, seconds: 10, sound: null })).file);
  bytes.fill(0, Math.floor(bytes.length / 2), bytes.lastIndexOf('moov') - 4);
  const videoId = await uploadWhole(creator.client, bytes, { fileName: 'damaged.mp4' });

  const { reason } = await videoIs(creator.client, videoId, 'failed');
  expect(reason).toEqual({ code: 'encode-failed', sentence: reasons['encode-failed'].sentence });
  const run = { videoId, attempt: 1 };
  expect(await jobs().getJob(run, 'chunk-00000')).toMatchObject({
    state: 'queued',
    tries: 3,
    lastError: { code: 'encode-failed' },
  });
  expect(await endedExecutionsOf(videoId)).toEqual([{ name: `${videoId}-1`, status: 'FAILED' }]);
  expect(await creator.client.streaming.playback({ params: { videoId } })).toMatchObject({
    state: 'failed',
    ...nothingToWatch,
  });
});

it('a source that is deleted under the worker fails the video at once, with the reason', async () => {
  await using _bench = await benchInstanceWorker();
  await using gate = await gateTo(localCloud().endpoint);
  await using _worker = await startWorker(gate);
  const bytes = await readFile((await clip({ ...ordinary, seconds: 4 })).file);
  const upload = await beginUpload(creator.client, bytes, { fileName: 'deleted.mp4' });
  const { videoId, uploadId } = upload;
  await sendAllParts(creator.client, upload);
  const prepared = gate.hold(({ target }) => target === 'AWSStepFunctions.SendTaskSuccess');
  await complete(creator.client, upload);
  await prepared.arrived;
  await s3().send(
    new DeleteObjectCommand({ Bucket: localCloud().outputs.UploadsBucketName, Key: sourceKey(videoId, uploadId) }),
  );
  prepared.open();

  const { reason } = await videoIs(creator.client, videoId, 'failed');
  expect(reason).toEqual({ code: 'source-missing', sentence: reasons['source-missing'].sentence });
  expect((await jobs().getJob({ videoId, attempt: 1 }, 'chunk-00000'))?.tries).toBe(1);
  expect(await creator.client.streaming.playback({ params: { videoId } })).toMatchObject({
    state: 'failed',
    ...nothingToWatch,
  });
});
