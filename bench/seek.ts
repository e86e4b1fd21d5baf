import { cpus } from 'node:os';
import { HeadObjectCommand, NotFound } from '@aws-sdk/client-s3';
import { chromium, type Page } from 'playwright-core';
import { VideoId } from '../domain/ids.ts';
import { segmentKey } from '../domain/media/paths.ts';
import type { Plan } from '../domain/media/plan.ts';
import { isWatchable } from '../domain/video/life-cycle.ts';
import { mediaEnvironment } from '../local/tools.ts';
import { type Clip, clip, numberAt } from '../test/commands/clip.ts';
import { type BenchCloud, say, startBenchCloud } from './cloud.ts';
import { nearSeconds, type Seen, seekInPage } from './seek/in-page.ts';
import { parts, type Times, timesOf } from './seek/times.ts';
import { upload } from './uploading.ts';

/**
 * A two-hour title, just uploaded, whose encode keeps every core busy: seconds from a viewer's seek to a place that is not
 * encoded until the right picture, by the number burnt into it, is on the screen and its sound is decoded; and where the
 * time goes. `--hls` plays HLS alone and `--dash` DASH, `--gop N` measures a source of that GOP alone, in seconds, `--seeks N`
 * seeks so often, `--minutes N` makes the title so long.
 */

const option = (name: string) =>
  process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : undefined;
const chosen = (['dash', 'hls'] as const).filter((format) => process.argv.includes(`--${format}`));
const formats = chosen.length > 0 ? chosen : (['dash', 'hls'] as const);
type Format = (typeof formats)[number];
const gop = option('--gop');
const gops = gop === undefined ? [2, 10] : [gop];
const seeks = option('--seeks') ?? 20;
const titleSeconds = 60 * (option('--minutes') ?? 120);
/** So much of its beginning may be encoded meanwhile. */
const headSeconds = Math.min(600, titleSeconds / 3);
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

/** Places that fill the title evenly and in no order, but for its head; none is near another. */
const places = Array.from(
  { length: formats.length * seeks },
  (_, i) => headSeconds + (((i + 1) * 0.618_034) % 1) * (titleSeconds - headSeconds - 100),
);

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
async function watch(cloud: BenchCloud, videoId: VideoId, format: Format): Promise<Page> {
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

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

async function measure(cloud: BenchCloud, gopSeconds: number): Promise<void> {
  say(`GOP of ${gopSeconds} s: making the source`);
  const title = await source(gopSeconds);
  say(`GOP of ${gopSeconds} s: uploading`);
  const { videoId, complete } = await upload(cloud.client, title.file);
  const { attempt } = await complete();
  await playable(cloud, videoId);
  const plan = await cloud.jobs.getPlan({ videoId, attempt });
  if (plan === undefined) throw new Error('a playable title has a plan');
  for (const [i, format] of formats.entries()) {
    const page = await watch(cloud, videoId, format);
    const taken: number[] = [];
    const known: Times[] = [];
    for (const place of places.slice(i * seeks, (i + 1) * seeks)) {
      const { ms, times } = await measured(cloud, page, title, plan, place);
      taken.push(ms);
      if (times) known.push(times);
      say(
        `GOP of ${gopSeconds} s, ${format}: ${place.toFixed(1)} s after ${ms} ms: ${times ? told(times) : 'made by its chunk'}`,
      );
    }
    await page.context().browser()?.close();
    const all = [percentile(taken, 0.5), percentile(taken, 0.95), Math.max(...taken)];
    const medians = partNames.map((part) => known.map((times) => times[part])).map((ms) => percentile(ms, 0.5));
    row([`${gopSeconds} s`, format, String(seeks), ...[...all, ...medians].map(seconds)]);
  }
}

/** One seek, to where nothing is stored: how long it took in all, and by its parts. Milliseconds. */
async function measured(cloud: BenchCloud, page: Page, title: Clip, plan: Plan, place: number) {
  const { attempt, rungs, audio, framesPerSegment } = plan;
  const videoId = VideoId.parse(plan.videoId);
  const number = Math.floor((place * 30) / framesPerSegment) + 1;
  const stored = await Promise.all(
    rungs.map(({ name }) => isStored(cloud, segmentKey(videoId, attempt, name, number))),
  );
  if (stored.some(Boolean)) throw new Error(`segment ${number} is there already`);
  const seen = await seekInPage(page, place, patienceMs);
  const tracks = [...rungs.slice(0, 1), ...audio].map(({ name }) => name);
  const message = { kind: 'segment', videoId, attempt, rung: tracks[0] ?? '', number } as const;
  return { ms: msOf(seen, title, place), times: await timesOf(cloud.workerLog, seen, message, tracks) };
}

/** Milliseconds from the seek to the right frame with sound. @throws Error if a wrong one was shown. */
function msOf({ soughtAt, shownAt, number }: Seen, title: Clip, place: number): number {
  if (shownAt === undefined) return patienceMs;
  const first = Math.floor(place * 30) - 3;
  const right = Array.from({ length: 30 * nearSeconds + 6 }, (_, i) => numberAt(title, first + i));
  if (number === undefined || !right.includes(number)) throw new Error(`frame ${number} was shown at ${place} s`);
  return Math.round(shownAt - soughtAt);
}

const partNames = Object.keys(parts) as (keyof Times)[];
const told = (times: Times) => partNames.map((part) => `${part} ${Math.round(times[part])}`).join(', ');
const row = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);

// The clips of the tests find their encoder there.
Object.assign(process.env, mediaEnvironment());
const cloud = await startBenchCloud();
try {
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model}; parts are medians\n\n`);
  const heads = ['GOP', 'by', 'seeks', 'p50', 'p95', 'worst', ...partNames];
  row(heads);
  row(heads.map(() => '---'));
  for (const gopSeconds of gops) await measure(cloud, gopSeconds);
} finally {
  await cloud.stop();
}
process.exit(0);
