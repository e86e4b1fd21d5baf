import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { dashManifestKey, hlsMasterKey } from '../../../domain/media/paths.ts';
import { finish } from '../../../lambdas/processing/finish.ts';
import { relist } from '../../../lambdas/processing/relist.ts';
import { transcoded } from '../../commands/transcoded.ts';
import { planOfSeconds } from '../jobs/plan.ts';
import { scene } from './scene.ts';

/** A bucket of texts. */
class Bucket extends S3Client {
  readonly objects = new Map<string, string>();
  override async send(command: unknown): Promise<never> {
    if (command instanceof PutObjectCommand) this.objects.set(command.input.Key ?? '', String(command.input.Body));
    if (command instanceof ListObjectsV2Command) {
      const found = [...this.objects].filter(([key]) => key.startsWith(command.input.Prefix ?? ''));
      return { Contents: found.map(([Key, body]) => ({ Key, Size: body.length })) } as never;
    }
    if (!(command instanceof GetObjectCommand)) return {} as never;
    const body = this.objects.get(command.input.Key ?? '');
    if (body === undefined) throw new NoSuchKey({ message: '', $metadata: {} });
    return { Body: { transformToString: async () => body } } as never;
  }
}

const track = { streamIndex: 1, codec: 'aac', channels: 2, sampleRate: 48_000, startSeconds: 0, timescale: 48_000 };

async function made(encrypted = false) {
  const s = scene();
  const plan = {
    ...planOfSeconds(s.run, 13, 'mediaconvert', [track]),
    ...(encrypted && { encryption: { scheme: 'cbcs', keyId: 'a'.repeat(32), iv: 'b'.repeat(32) } as const }),
  };
  await s.jobs.putPlan(s.run, plan);
  const s3 = new Bucket();
  for (const { key, body } of transcoded(plan)) s3.objects.set(key, body);
  const folder = `media/${s.run.videoId}/1/mediaconvert`;
  const shown = () => [hlsMasterKey, dashManifestKey].map((keyOf) => s3.objects.get(keyOf(s.run.videoId, 1)));
  const services = { ...s.services, media: { s3, bucket: 'media' } };
  return {
    ...s,
    s3,
    folder,
    shown,
    finish: () => finish(services, s.run),
    relist: () => relist(services, s.run.videoId),
  };
}

it('what MediaConvert has made whole takes the place of our manifests, in its folder', async () => {
  const { finish, shown, video } = await made();
  expect(await finish()).toEqual({ outcome: 'complete' });
  const [master, mpd] = shown();
  expect(master).toContain('\nmediaconvert/title_360p.m3u8');
  expect(master).toContain('URI="mediaconvert/title_audio-1.m3u8"');
  expect(mpd).toContain('<BaseURL>mediaconvert/</BaseURL>');
  expect(video()?.drmAttempt).toBeUndefined();
});

it('lists the captions that the video has, whenever they come', async () => {
  const { finish, relist, shown, becomes } = await made();
  const caption = (name: string) => ({
    name,
    language: 'en',
    kind: 'subtitles' as const,
    label: name,
    origin: 'uploaded' as const,
    digest: Buffer.from(name).toString('hex').padEnd(32, '0'),
    sizeBytes: 100,
    cues: 1,
    updatedAt: 1,
  });
  becomes({ captions: [caption('one')] });
  await finish();
  const named = () => {
    const [master = '', mpd = ''] = shown();
    const hls = [...master.matchAll(/TYPE=SUBTITLES.*?NAME="([^"]+)"/g)].map(([, name]) => name);
    const dash = [...mpd.matchAll(/contentType="text"[\s\S]*?<Label>([^<]+)</g)].map(([, name]) => name);
    expect(dash).toEqual(hls);
    return hls;
  };
  expect(named()).toEqual(['one']);
  becomes({ captions: [caption('one'), caption('two')] });
  await relist();
  expect(named()).toEqual(['one', 'two']);
  const [master = '', mpd = ''] = shown();
  // What MediaConvert has made stays what is played.
  expect(master).toContain('\nmediaconvert/title_360p.m3u8');
  expect(master.match(/SUBTITLES="subtitles"/g)).toHaveLength(master.match(/#EXT-X-STREAM-INF/g)?.length ?? 0);
  const base = new URL('mediaconvert/', 'http://site/media/v/1/');
  const text = /<BaseURL>([^<]*captions[^<]*)</.exec(mpd)?.[1] ?? '';
  expect(new URL(text, base).pathname).toMatch(/^\/media\/v\/captions\/[0-9a-f]{32}\.vtt$/);
});

it('licences of an encrypted one are the DRM provider’s from then on', async () => {
  const { finish, video } = await made(true);
  await finish();
  expect(video()?.drmAttempt).toBe(1);
});

it.each(['title.m3u8', 'title.mpd', 'title_360p.m3u8', 'title_360pinit.cmfv', 'title_audio-1_000000002.cmfa'])(
  'without its %s nothing is shown',
  async (name) => {
    const { finish, s3, folder, shown } = await made();
    expect(s3.objects.delete(`${folder}/${name}`)).toBe(true);
    expect(await finish()).toMatchObject({ outcome: 'incomplete', reason: { code: 'segments-missing' } });
    expect(shown()).toEqual([undefined, undefined]);
  },
);

it.each([
  ['a rung of another size', 'title.m3u8', /640x360/, '320x180', 'no 360p'],
  ['half of the title', 'title_360p.m3u8', /#EXTINF:4.*\n.*\n#EXTINF:4.*\n.*\n/, '', 'of 13 s'],
  ['a playlist that is not at its end', 'title_360p.m3u8', '#EXT-X-ENDLIST', '', 'of 13 s'],
  ['no sound', 'title.m3u8', /#EXT-X-MEDIA.*\n/, '', '0 of 1 audio'],
])('%s is not the title', async (_, name, from, to, detail) => {
  const { finish, s3, folder, shown } = await made();
  const [key, before] = [`${folder}/${name}`, s3.objects.get(`${folder}/${name}`) ?? ''];
  s3.objects.set(key, before.replace(from, to));
  expect(s3.objects.get(key)).not.toBe(before);
  const outcome = await finish();
  expect(outcome).toMatchObject({ outcome: 'incomplete', reason: { code: 'segments-missing' } });
  expect(JSON.stringify(outcome)).toContain(detail);
  expect(shown()).toEqual([undefined, undefined]);
});
