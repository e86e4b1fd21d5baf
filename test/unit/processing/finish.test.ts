import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { mediaKeys } from '../../../domain/media/manifests.ts';
import { hlsMasterKey } from '../../../domain/media/paths.ts';
import { finish } from '../../../lambdas/processing/finish.ts';
import { planOfSeconds } from '../jobs/plan.ts';
import { scene } from './scene.ts';

/** A bucket that lists two objects a page. */
class Bucket extends S3Client {
  readonly objects = new Map<string, number>();
  readonly written = new Map<string, string>();
  override async send(command: unknown): Promise<never> {
    if (command instanceof PutObjectCommand) this.written.set(command.input.Key ?? '', String(command.input.Body));
    if (!(command instanceof ListObjectsV2Command)) return {} as never;
    const { Prefix = '', ContinuationToken = '0' } = command.input;
    const found = [...this.objects].filter(([key]) => key.startsWith(Prefix)).map(([Key, Size]) => ({ Key, Size }));
    const next = Number(ContinuationToken) + 2;
    const more = next < found.length && { NextContinuationToken: String(next) };
    return { Contents: found.slice(next - 2, next), ...more } as never;
  }
}

async function encoded(seconds: number, bytes: number) {
  const s = scene();
  await s.prepared(seconds);
  const s3 = new Bucket();
  for (const { init, segments } of mediaKeys(planOfSeconds(s.run, seconds))) {
    for (const key of [init, ...segments]) s3.objects.set(key, bytes);
  }
  return { run: s.run, s3, finish: () => finish({ ...s.services, media: { s3, bucket: 'media' } }, s.run) };
}

it('a complete title gets manifests that carry the bit rates of its segments as they are stored', async () => {
  // 4 s of 50,000 bytes are 100 kbit/s.
  const { run, s3, finish } = await encoded(40, 50_000);
  expect(await finish()).toEqual({ outcome: 'complete' });
  const master = s3.written.get(hlsMasterKey(run.videoId, run.attempt));
  expect(master).toContain('AVERAGE-BANDWIDTH=100000');
  expect(master).toContain(':BANDWIDTH=100000');
});

it.each(['360p/7.m4s', '360p/init.mp4'])(
  'a title without its %s is incomplete, and its manifests stay',
  async (name) => {
    const { run, s3, finish } = await encoded(40, 50_000);
    s3.objects.delete(`media/${run.videoId}/1/${name}`);
    // The same object of another attempt is no substitute.
    s3.objects.set(`media/${run.videoId}/11/${name}`, 50_000);
    const detail = `1 missing, the first is media/${run.videoId}/1/${name}`;
    expect(await finish()).toEqual({ outcome: 'incomplete', reason: { code: 'segments-missing', detail } });
    expect(s3.written.size).toBe(0);
  },
);

it('an empty segment is a missing one', async () => {
  const { run, s3, finish } = await encoded(40, 50_000);
  s3.objects.set(`media/${run.videoId}/1/360p/2.m4s`, 0);
  expect(await finish()).toMatchObject({ outcome: 'incomplete', reason: { code: 'segments-missing' } });
});
