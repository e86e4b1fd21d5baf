import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import type { Caption } from '../../../domain/media/captions/captions.ts';
import { iFramePlaylists, iFrameStreams } from '../../../domain/media/i-frames.ts';
import { mediaKeys } from '../../../domain/media/manifests.ts';
import { dashManifestKey, hlsMasterKey, iFramePlaylistKey } from '../../../domain/media/paths.ts';
import { segmentCount } from '../../../domain/media/timeline.ts';
import { finish } from '../../../lambdas/processing/finish.ts';
import { relist } from '../../../lambdas/processing/relist.ts';
import { planOfSeconds } from '../jobs/plan.ts';
import { scene } from './scene.ts';

const caption = (name: string, change: Partial<Caption> = {}): Caption => ({
  name,
  language: 'en',
  kind: 'subtitles',
  label: name,
  origin: 'uploaded',
  digest: Buffer.from(name).toString('hex').padEnd(32, '0').slice(0, 32),
  sizeBytes: 1000,
  cues: 3,
  updatedAt: 1,
  ...change,
});

/** A bucket in which something may happen right before, and right after, an object is written. */
class Bucket extends S3Client {
  readonly objects = new Map<string, string>();
  /** Called once for each write that is under way. */
  beforePut: (key: string) => void | Promise<void> = () => undefined;
  override async send(command: unknown): Promise<never> {
    if (command instanceof PutObjectCommand) {
      await this.beforePut(command.input.Key ?? '');
      this.objects.set(command.input.Key ?? '', String(command.input.Body));
    }
    if (command instanceof GetObjectCommand) {
      const body = this.objects.get(command.input.Key ?? '');
      if (body === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
      return { Body: { transformToString: async () => body } } as never;
    }
    if (!(command instanceof ListObjectsV2Command)) return {} as never;
    const { Prefix = '' } = command.input;
    const found = [...this.objects].filter(([key]) => key.startsWith(Prefix));
    return { Contents: found.map(([Key, body]) => ({ Key, Size: body.length })) } as never;
  }
}

async function published() {
  const s = scene();
  await s.prepared(40);
  const s3 = new Bucket();
  const services = { ...s.services, media: { s3, bucket: 'media' } };
  const plan = planOfSeconds(s.run, 40);
  const body = (key: (videoId: string, attempt: number) => string) => s3.objects.get(key(s.run.videoId, 1)) ?? '';
  return {
    ...s,
    s3,
    encoded: () => {
      for (const { init, segments } of mediaKeys(plan)) for (const key of [init, ...segments]) s3.objects.set(key, 'x');
    },
    relist: () => relist(services, s.run.videoId),
    finish: () => finish(services, s.run),
    /** Names of the tracks that both manifests list. */
    listed: () => {
      const hls = [...body(hlsMasterKey).matchAll(/TYPE=SUBTITLES.*?NAME="([^"]+)"/g)].map(([, name]) => name);
      const dash = [...body(dashManifestKey).matchAll(/<Label>([^<]+)<\/Label>/g)].map(([, name]) => name);
      expect(dash).toEqual(hls);
      return hls;
    },
    measured: () => body(hlsMasterKey).includes('AVERAGE-BANDWIDTH'),
  };
}

it('lists what the record has now: uploaded tracks, and those that this run has found', async () => {
  const t = await published();
  const found = (name: string, attempt: number) => caption(name, { origin: 'embedded', attempt });
  t.becomes({ captions: [caption('one'), found('old', 7), found('mine', 1)] });
  expect(await t.relist()).toBe('written');
  expect(t.listed()).toEqual(['one', 'mine']);
  expect(t.measured()).toBe(false);
  t.becomes({ captions: [] });
  await t.relist();
  expect(t.listed()).toEqual([]);
});

it('has nothing to write before there is a plan, or for a video that is no more', async () => {
  const s = scene();
  const s3 = new Bucket();
  expect(await relist({ ...s.services, media: { s3, bucket: 'media' } }, s.run.videoId)).toBe('none');
  await s.prepared(40);
  s.becomes({ state: 'deleted' });
  expect(await relist({ ...s.services, media: { s3, bucket: 'media' } }, s.run.videoId)).toBe('none');
  expect(s3.objects.size).toBe(0);
});

it('a change while manifests are being written is written by whoever is writing', async () => {
  const t = await published();
  t.becomes({ captions: [caption('one')] });
  t.s3.beforePut = (key) => {
    if (key === hlsMasterKey(t.run.videoId, 1)) {
      t.becomes({ captions: [caption('one'), caption('two')] });
      t.s3.beforePut = () => undefined;
    }
  };
  await t.relist();
  expect(t.listed()).toEqual(['one', 'two']);
});

it.each(['relist', 'finish'] as const)(
  'of two writers the slower, which has read less (%s), does not have the last word',
  async (slow) => {
    const t = await published();
    t.encoded();
    t.becomes({ captions: [caption('one')] });
    const fast = slow === 'relist' ? t.finish : t.relist;
    t.s3.beforePut = async (key) => {
      if (key !== hlsMasterKey(t.run.videoId, 1)) return;
      t.s3.beforePut = () => undefined;
      t.becomes({ captions: [caption('two')] });
      await fast();
      expect(t.listed()).toEqual(['two']);
    };
    await t[slow]();
    expect(t.listed()).toEqual(['two']);
    expect(t.measured()).toBe(true);
  },
);

it('what Finish has measured meanwhile is not written over by bounds', async () => {
  const t = await published();
  t.becomes({ captions: [caption('one')] });
  t.s3.beforePut = async (key) => {
    if (key !== hlsMasterKey(t.run.videoId, 1)) return;
    t.s3.beforePut = () => undefined;
    t.encoded();
    expect(await t.finish()).toEqual({ outcome: 'complete' });
  };
  await t.relist();
  expect(t.measured()).toBe(true);
  expect(t.listed()).toEqual(['one']);
});

it('captions that change when the records of jobs are gone leave the I-frame playlists where they were', async () => {
  const t = await published();
  t.encoded();
  const { videoId } = t.run;
  const plan = planOfSeconds(t.run, 40);
  const keyFrames = Object.fromEntries(
    plan.rungs.map(({ name }) => [
      name,
      Array.from({ length: segmentCount(plan) }, (_, i) => ({ offset: i, length: 900 + i })),
    ]),
  );
  for (const [rung, body] of Object.entries(iFramePlaylists(plan, keyFrames)))
    t.s3.objects.set(iFramePlaylistKey(videoId, 1, rung), body);
  t.becomes({ captions: [caption('one')] });
  await t.relist();
  expect(t.s3.objects.get(hlsMasterKey(videoId, 1))).toContain(iFrameStreams(plan, keyFrames));
  expect(iFrameStreams(plan, keyFrames)).toContain('360p-iframes.m3u8');
});
