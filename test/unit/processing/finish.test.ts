import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { StoredSegment } from '../../../domain/jobs/results.ts';
import { mediaKeys } from '../../../domain/media/manifests.ts';
import {
  hlsMasterKey,
  iFramePlaylistKey,
  storyboardSheetKey,
  storyboardTrackKey,
} from '../../../domain/media/paths.ts';
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
  return { ...s, s3, finish: () => finish({ ...s.services, media: { s3, bucket: 'media' } }, s.run) };
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

describe('the pictures of a finished title', () => {
  /** Segments as workers report them: with where their first picture is. */
  const reported = (from: number, to: number): StoredSegment[] =>
    Array.from({ length: to - from + 1 }, (_, i) => ({
      track: '360p',
      number: from + i,
      sizeBytes: 50_000,
      keyFrame: { offset: 60, length: 1000 + from + i },
    }));

  /** 24 s are 6 segments in 2 chunks. */
  async function made(second: StoredSegment[]) {
    const title = await encoded(24, 50_000);
    const { run, jobs, finishes } = title;
    const messages = [0, 1].map((index) => ({ kind: 'chunk', ...run, index }) as const);
    await jobs.openStage(run, 'encode', { taskToken: 't', jobs: messages }, 0);
    await finishes('chunk-00000', reported(1, 3));
    await finishes('chunk-00001', second);
    return title;
  }
  const textOf = ({ s3 }: Awaited<ReturnType<typeof made>>, key: string) => s3.written.get(key) ?? '';

  it('are named where workers have told of them', async () => {
    const title = await made(reported(4, 6));
    const { videoId, attempt } = title.run;
    for (const number of [1, 2]) title.s3.objects.set(storyboardSheetKey(videoId, attempt, number), 9000);
    await title.finish();
    const playlist = textOf(title, iFramePlaylistKey(videoId, attempt, '360p'));
    expect(playlist.match(/#EXT-X-BYTERANGE:\d+@60/g)).toEqual(
      [1, 2, 3, 4, 5, 6].map((number) => `#EXT-X-BYTERANGE:${1000 + number}@60`),
    );
    expect(textOf(title, hlsMasterKey(videoId, attempt))).toContain('URI="360p-iframes.m3u8"');
    expect(textOf(title, storyboardTrackKey(videoId, attempt)).match(/storyboard\/\d\.jpg/g)).toHaveLength(24);
  });

  it('are not named where they are not: no playlist of some of them, no cue of a sheet that is not stored', async () => {
    const title = await made(reported(4, 5));
    const { videoId, attempt } = title.run;
    title.s3.objects.set(storyboardSheetKey(videoId, attempt, 2), 9000);
    await title.finish();
    expect(title.s3.written.has(iFramePlaylistKey(videoId, attempt, '360p'))).toBe(false);
    expect(textOf(title, hlsMasterKey(videoId, attempt))).not.toContain('I-FRAME');
    const named = textOf(title, storyboardTrackKey(videoId, attempt)).match(/storyboard\/\d\.jpg/g);
    expect(new Set(named)).toEqual(new Set(['storyboard/2.jpg']));
  });
});
