import { readFile } from 'node:fs/promises';
import {
  CompleteMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { beforeAll, expect, it } from 'vitest';
import { ApiError, type SluiceClient } from '../../client/client.ts';
import { sourceKey } from '../../domain/media/paths.ts';
import { recordUploaded } from '../../platform/arrivals.ts';
import { startRun } from '../../platform/runs.ts';
import { age, endedExecutionsOf, executionsOf, jobs, s3, sfn, videos } from '../commands/books.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person, signedIn } from '../commands/people.ts';
import { callReconciler, deliverSourceEvent, losingSourceEvents } from '../commands/rules.ts';
import { soon } from '../commands/soon.ts';
import { beginUpload, complete, sendAllParts, type Upload, videoIs } from '../commands/uploads.ts';

let creator: Person;
let bytes: Buffer;
beforeAll(async () => {
  creator = await newCreator();
  bytes = await readFile((await clip({ ...ordinary, width: 320, height: 180, seconds: 2 })).file);
});

const times = <T>(count: number, call: () => Promise<T>) => Promise.all(Array.from({ length: count }, call));

async function sent(): Promise<Upload> {
  const upload = await beginUpload(creator.client, bytes, { fileName: 'clip.mp4' });
  await sendAllParts(creator.client, upload);
  return upload;
}

/** Makes the file one object in storage, as the upload service does right before it crashes. */
async function completeInStorage({ videoId, uploadId }: Upload): Promise<void> {
  const named = { Bucket: localCloud().outputs.UploadsBucketName, Key: sourceKey(videoId, uploadId) };
  const { Uploads = [] } = await s3().send(
    new ListMultipartUploadsCommand({ Bucket: named.Bucket, Prefix: named.Key }),
  );
  const UploadId = Uploads[0]?.UploadId;
  const { Parts = [] } = await s3().send(new ListPartsCommand({ ...named, UploadId }));
  const parts = Parts.map(({ PartNumber, ETag, ChecksumSHA256 }) => ({ PartNumber, ETag, ChecksumSHA256 }));
  await s3().send(
    new CompleteMultipartUploadCommand({ ...named, UploadId, IfNoneMatch: '*', MultipartUpload: { Parts: parts } }),
  );
}

/** One run from start to end, whatever began it. */
async function isOneRun({ videoId, uploadId }: Upload): Promise<void> {
  const { attempt } = await videoIs(creator.client, videoId, 'ready');
  expect(attempt).toBe(1);
  expect(await endedExecutionsOf(videoId)).toEqual([{ name: `${videoId}-1`, status: 'SUCCEEDED' }]);
  expect((await jobs().listJobs({ videoId, attempt }, 'encode')).map((job) => job.tries)).toEqual([1, 1]);
  const { Versions } = await s3().send(
    new ListObjectVersionsCommand({
      Bucket: localCloud().outputs.UploadsBucketName,
      Prefix: sourceKey(videoId, uploadId),
    }),
  );
  expect(Versions).toHaveLength(1);
}

it('completed ten times at once, from two sessions: one video, one run', async () => {
  const upload = await sent();
  const other = await signedIn(creator);
  const before = (await creator.client.content.listCreatorVideos()).videos.length;
  /** `unavailable` asks to try again, and every client does. */
  const insist = (client: SluiceClient): ReturnType<typeof complete> =>
    complete(client, upload).catch((error: unknown) => {
      if (error instanceof ApiError && error.problem.code === 'unavailable') return insist(client);
      throw error;
    });
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => insist((i % 2 ? other : creator).client)));
  const { uploadId, videoId } = upload;
  expect(answers).toEqual(answers.map(() => ({ uploadId, videoId, attempt: 1 })));
  await isOneRun(upload);
  expect(await complete(other.client, upload)).toEqual({ uploadId, videoId, attempt: 1 });
  expect((await creator.client.content.listCreatorVideos()).videos).toHaveLength(before);
});

it("S3's event three times, beside the direct start and when the video is ready: one run", async () => {
  const upload = await sent();
  // The file is whole before there can be an event.
  await completeInStorage(upload);
  await Promise.all([complete(creator.client, upload), times(3, () => deliverSourceEvent(upload))]);
  await isOneRun(upload);
  await deliverSourceEvent(upload);
  await isOneRun(upload);
});

it('the upload service crashed once the file was whole: the event starts the run, and completing again finds it', async () => {
  const upload = await sent();
  await completeInStorage(upload);
  await isOneRun(upload);
  expect(await complete(creator.client, upload)).toMatchObject({ videoId: upload.videoId, attempt: 1 });
  await isOneRun(upload);
});

it('the upload service crashed and the event is lost: asking for the upload is enough', async () => {
  await using _lost = await losingSourceEvents();
  const upload = await sent();
  await completeInStorage(upload);
  expect((await videos().get(upload.videoId))?.state).toBe('uploading');
  const { uploadId } = upload;
  expect((await creator.client.upload.getUpload({ params: { uploadId } })).state).toBe('completed');
  await isOneRun(upload);
});

it('the upload service crashed right before the start and the event is lost: the reconciler starts the run, once', async () => {
  await using _lost = await losingSourceEvents();
  const upload = await sent();
  await completeInStorage(upload);
  await recordUploaded({ videos: videos() }, { ...upload, now: Date.now() });
  expect(await executionsOf(upload.videoId)).toEqual([]);
  await age(upload.videoId, 120);
  await times(3, callReconciler);
  await isOneRun(upload);
});

it('ten starts of one run by its name: one execution', async () => {
  await using _lost = await losingSourceEvents();
  const upload = await sent();
  await completeInStorage(upload);
  const run = await recordUploaded({ videos: videos() }, { ...upload, now: Date.now() });
  if (run === undefined) throw new Error('there is nothing to run');
  const starter = { sfn: sfn(), stateMachineArn: localCloud().outputs.StateMachineArn };
  await times(10, () => startRun(starter, run));
  await soon(async () => expect(await executionsOf(upload.videoId)).toHaveLength(1));
  await isOneRun(upload);
  expect(await startRun(starter, run)).toBe('already');
  await isOneRun(upload);
});
