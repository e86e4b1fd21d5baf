import { cpus } from 'node:os';
import { HeadObjectCommand, NotFound } from '@aws-sdk/client-s3';
import { chromium, type Page } from 'playwright-core';
import type { VideoId } from '../domain/ids.ts';
import { segmentKey } from '../domain/media/paths.ts';
import type { Plan } from '../domain/media/plan.ts';
import { isWatchable } from '../domain/video/life-cycle.ts';
import { mediaEnvironment } from '../local/tools.ts';
import { type Clip, clip, numberAt } from '../test/commands/clip.ts';
import { shownFrame, videoStatus } from '../test/commands/player.ts';
import { type BenchCloud, say, startBenchCloud } from './cloud.ts';
import { upload } from './uploading.ts';

/**
 * A two-hour title, just uploaded, whose encode keeps every core busy: seconds from a viewer's seek to a place that is not
 * encoded until the right picture, by the number burnt into it, is on the screen and its sound is decoded. `--hls` plays
 * HLS instead of DASH.
 */

const format = process.argv.includes('--hls') ? 'hls' : 'dash';
const seeks = 20;
const titleSeconds = 7200;
/** How long a viewer is waited for; what takes longer is counted as this long. */
const patienceMs = 60_000;

/** 1080p30 of natural complexity, ten seconds repeated; the number says where in the ten seconds a frame is. */
const source = (gopSeconds: number) =>
  clip({
    seconds: titleSeconds,
    repeat: titleSeconds / 10,
    rate: { num: 30, den: 1 },
    width: 1920,
    height: 1080,
    scene: 'natural',
    codec: 'libx264',
    bitrateBps: 2_500_000,
    gopFrames: gopSeconds * 30,
    container: 'mp4',
    sound: { sampleRate: 48_000, channels: 2 },
  });

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** Places that fill the title evenly and in no order, none in its first ten minutes, which may be encoded meanwhile. */
const places = Array.from({ length: seeks }, (_, i) => 600 + (((i + 1) * 0.618_034) % 1) * (titleSeconds - 700));

async function playable({ client }: BenchCloud, videoId: VideoId): Promise<void> {
  while (!isWatchable((await client.content.getVideo({ params: { videoId } })).state))
    await new Promise((resolve) => setTimeout(resolve, 250));
}

async function isStored({ media }: BenchCloud, key: string): Promise<boolean> {
  return media.s3.send(new HeadObjectCommand({ Bucket: media.bucket, Key: key })).then(
    () => true,
    (error: unknown) => {
      if (error instanceof NotFound) return false;
      throw error;
    },
  );
}

/** Opens the watch page as its creator and plays. */
async function watch(cloud: BenchCloud, videoId: VideoId): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--autoplay-policy=no-user-gesture-required'],
  });
  const context = await browser.newContext({ baseURL: cloud.site, viewport: { width: 1280, height: 800 } });
  const answer = await context.request.post('/api/auth/login', {
    data: { ...cloud.creator, session: 'browser' },
    headers: { origin: cloud.site },
  });
  if (!answer.ok()) throw new Error(`the viewer cannot sign in: ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(`/watch/${videoId}?format=${format}`);
  await page.locator('[data-testid="player"][data-phase="loaded"]').waitFor({ timeout: patienceMs });
  await page.getByRole('button', { name: /^Play/ }).first().click();
  return page;
}

/** Milliseconds from the seek to the right frame with sound. */
async function seek(page: Page, title: Clip, to: number): Promise<number> {
  const { decodedAudioBytes } = await videoStatus(page);
  const started = Date.now();
  await page
    .getByTestId('player')
    .locator('video')
    .evaluate((element, at) => {
      (element as unknown as { currentTime: number }).currentTime = at;
    }, to);
  // It may have played on for a moment before we look.
  const first = Math.floor(to * 30);
  const right = new Set(Array.from({ length: 30 }, (_, i) => numberAt(title, first + i)));
  while (Date.now() - started < patienceMs) {
    const status = await videoStatus(page);
    const shown = status.seeking ? undefined : await shownFrame(page);
    const near = Math.abs(status.currentTime - to) < 1.5;
    if (near && shown !== undefined && right.has(shown) && status.decodedAudioBytes > decodedAudioBytes)
      return Date.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return patienceMs;
}

async function measure(cloud: BenchCloud, gopSeconds: number): Promise<void> {
  say(`GOP of ${gopSeconds} s: making the source`);
  const title = await source(gopSeconds);
  say(`GOP of ${gopSeconds} s: uploading`);
  const { videoId, complete } = await upload(cloud.client, title.file);
  const { attempt } = await complete();
  await playable(cloud, videoId);
  const plan: Plan | undefined = await cloud.jobs.getPlan({ videoId, attempt });
  const lowest = plan?.rungs[0];
  if (plan === undefined || lowest === undefined) throw new Error('a playable title has a plan');
  const page = await watch(cloud, videoId);
  const taken: number[] = [];
  for (const place of places) {
    const number = Math.floor((place * 30) / plan.framesPerSegment) + 1;
    const absent = await Promise.all(
      plan.rungs.map(async ({ name }) => !(await isStored(cloud, segmentKey(videoId, attempt, name, number)))),
    );
    if (!absent.every(Boolean)) throw new Error(`segment ${number} is there already`);
    const ms = await seek(page, title, place);
    say(`GOP of ${gopSeconds} s: ${place.toFixed(1)} s after ${ms} ms`);
    taken.push(ms);
  }
  await page.context().browser()?.close();
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  process.stdout.write(
    `| ${gopSeconds} s | ${format} | ${seeks} | ${seconds(percentile(taken, 0.5))} | ${seconds(percentile(taken, 0.95))} | ${seconds(Math.max(...taken))} |\n`,
  );
}

// The clips of the tests find their encoder there.
Object.assign(process.env, mediaEnvironment());
const cloud = await startBenchCloud();
try {
  process.stdout.write(
    `${cpus().length} × ${cpus()[0]?.model}\n\n| GOP | by | seeks | p50 | p95 | worst |\n| --- | --- | --- | --- | --- | --- |\n`,
  );
  for (const gopSeconds of [2, 10]) await measure(cloud, gopSeconds);
} finally {
  await cloud.stop();
}
process.exit(0);
