import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { segmentKey } from '../../domain/media/paths.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { type OpenBrowser, openBrowser, shownFrame, signIn, videoStatus } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { awsConfig, localCloud } from '../commands/local-cloud.ts';
import { newCreator } from '../commands/people.ts';
import { benchInstanceWorker } from '../commands/processes.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

const segments = 5;

describe('a title of which only segments 1 and 2 exist, while nobody encodes', () => {
  let browser: OpenBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('starts by HLS and by DASH, is told to wait, and plays on to its end when somebody does', async () => {
    const person = await newCreator();
    const source = await clip({ ...ordinary, seconds: 4 * segments });
    const videoId = await uploadClip(person.client, source);
    const video = await videoIs(person.client, videoId, 'ready');
    const { outputs } = localCloud();
    const s3 = new S3Client({ ...awsConfig(), forcePathStyle: true });
    const videos = videoRecords(
      DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig())),
      outputs.WorkerEnvironment['VIDEOS_TABLE'] ?? '',
    );
    const tracks = [...video.rungs.map((r) => r.name), 'audio-1'];
    const late = tracks.flatMap((track) => [3, 4, 5].map((n) => segmentKey(videoId, video.attempt, track, n)));
    for (const Key of late) await s3.send(new DeleteObjectCommand({ Bucket: outputs.MediaBucketName, Key }));
    // As the record stands while the rest is being encoded.
    await videos.change(videoId, { set: { state: 'playable', progress: 0.3 } }, Date.now());

    const viewers = await Promise.all(
      ['hls', 'dash'].map(async (format) => {
        const visitor = await browser.visitor();
        await signIn(visitor, person);
        const refusals: (string | undefined)[] = [];
        visitor.page.on('response', (response) => {
          if (response.status() === 503) refusals.push(response.headers()['cache-control']);
        });
        return { ...visitor, format, refusals };
      }),
    );
    const each = (watch: (viewer: (typeof viewers)[number]) => Promise<void>) => Promise.all(viewers.map(watch));
    {
      await using _ = await benchInstanceWorker();
      await each(async ({ page, format, refusals }) => {
        await page.goto(`/watch/${videoId}?format=${format}`);
        await expect
          .poll(() => page.getByTestId('player').getAttribute('data-phase'), { timeout: 20_000 })
          .toBe('loaded');
        await page.getByRole('button', { name: /^Play/ }).first().click();
        await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 20_000 }).toBeGreaterThan(6);
        // The origin holds a request for 20 s.
        await expect.poll(() => refusals.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
        expect(new Set(refusals), format).toEqual(new Set(['no-store']));
        expect((await videoStatus(page)).currentTime, format).toBeLessThan(8.1);
      });
    }
    await each(async ({ context, page, format }) => {
      await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 40_000 }).toBeGreaterThan(9);
      expect(await shownFrame(page), format).toBeGreaterThan(8 * 30);
      await expect.poll(async () => (await videoStatus(page)).ended, { timeout: 60_000 }).toBe(true);
      await context.close();
    });
  });
});
