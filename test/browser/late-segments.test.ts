import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { segmentKey } from '../../domain/media/paths.ts';
import { s3, videos } from '../commands/books.ts';
import { browserOfFile, signIn } from '../commands/browser.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { formats, pressPlay, shownFrame, videoStatus, watch } from '../commands/player.ts';
import { benchInstanceWorker } from '../commands/processes.ts';
import { readyTitle } from '../commands/uploads.ts';

/** The first of the segments that are missing, and the last of the title. */
const missing = [3, 4];

const browser = browserOfFile();
let person: Person;
let whole: VideoId;
let half: VideoId;
beforeAll(async () => {
  person = await newCreator();
  const source = await clip({ ...ordinary, seconds: 16 });
  [whole, half] = await Promise.all([readyTitle(person.client, source), readyTitle(person.client, source)]);
});

/** Takes away what comes behind segment 2, and makes the record as it stands while that is being encoded. */
async function unmakeRest(videoId: VideoId): Promise<void> {
  const { attempt, rungs } = await person.client.content.getVideo({ params: { videoId } });
  const { MediaBucketName: Bucket } = localCloud().outputs;
  for (const track of [...rungs.map(({ name }) => name), 'audio-1']) {
    for (const number of missing)
      await s3().send(new DeleteObjectCommand({ Bucket, Key: segmentKey(videoId, attempt, track, number) }));
  }
  await videos().change(videoId, { set: { state: 'playable', progress: 0.3 } }, Date.now());
}

it.concurrent('a title of which only segments 1 and 2 exist, while nobody encodes, starts by HLS and by DASH, is told to wait, and plays on to its end when somebody does', async ({
  expect,
}) => {
  await unmakeRest(half);
  const viewers = await Promise.all(
    formats.map(async (format) => {
      const visitor = await browser.visitor();
      await signIn(visitor, person);
      const refusals: (readonly (string | undefined)[])[] = [];
      visitor.page.on('response', (response) => {
        const { 'cache-control': kept, 'retry-after': again } = response.headers();
        if (response.status() === 503) refusals.push([kept, again]);
      });
      return { ...visitor, format, refusals };
    }),
  );
  const each = (look: (viewer: (typeof viewers)[number]) => Promise<void>) => Promise.all(viewers.map(look));
  {
    await using _ = await benchInstanceWorker();
    await each(async ({ page, format, refusals }) => {
      await watch(page, half, format);
      await pressPlay(page);
      await expect.poll(async () => (await videoStatus(page)).currentTime).toBeGreaterThan(6);
      // The origin holds a request for 20 s.
      await expect.poll(() => refusals.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
      for (const refusal of refusals) expect(refusal, format).toEqual(['no-store', '2']);
      expect((await videoStatus(page)).currentTime, format).toBeLessThan(8.1);
    });
  }
  await each(async ({ context, page, format }) => {
    await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 60_000 }).toBeGreaterThan(9);
    expect(await shownFrame(page), format).toBeGreaterThan(8 * 30);
    await expect.poll(async () => (await videoStatus(page)).ended, { timeout: 60_000 }).toBe(true);
    await context.close();
  });
});

/** A line of 8 Mbit/s, and segments that come 4 s late. */
const lineBps = 8_000_000;
const lateMs = 4_000;

it.concurrent('waiting for segments does not make a line look slow', async ({ expect }) => {
  await using visitor = await browser.visitor();
  const { page, context } = visitor;
  await signIn(visitor, person);
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: lineBps / 8,
    uploadThroughput: lineBps / 8,
  });
  let late = 0;
  await page.route(/\.m4s$/, async (route) => {
    late++;
    await new Promise((resolve) => setTimeout(resolve, lateMs));
    // The page may have left meanwhile.
    await route.continue().catch(() => undefined);
  });
  await watch(page, whole);
  await pressPlay(page);
  await page.keyboard.press('i');
  await expect.poll(async () => (await videoStatus(page)).currentTime, { timeout: 60_000 }).toBeGreaterThan(9);
  expect(late).toBeGreaterThan(4);
  const downlink = async () => Number(await page.getByTestId('stream-info').getAttribute('data-downlink'));
  // It is an average of samples, and a busy machine's line is slow for a moment. With the waiting in them, such segments
  // would come at 2.6 Mbit/s at most.
  await expect.poll(downlink, { timeout: 60_000 }).toBeGreaterThan(6_000_000);
  expect(await downlink()).toBeLessThan(lineBps * 1.3);
  await page.keyboard.press('i');
  await expect.poll(() => page.getByTestId('stream-info').count()).toBe(0);
});
