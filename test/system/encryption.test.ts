import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { initKey, segmentKey } from '../../domain/media/paths.ts';
import { binary, ffmpeg, run } from '../commands/binaries.ts';
import { endedExecutionsOf, jobs, videos } from '../commands/books.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { seenFrames } from '../commands/frames.ts';
import { localCloud, worker } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { iFrameNumbers, iFrameStreams, thumbnailNumbers, thumbnails } from '../commands/pictures.ts';
import { publishedTitle } from '../commands/published.ts';
import { uploadClip, videoIs } from '../commands/uploads.ts';

let creator: Person;
let source: Clip;
let videoId: VideoId;
let scratch: string;
/** As the arguments of every process on the machine were seen while the title was made. */
const seenArguments = new Set<string>();

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'encrypted-'));
  creator = await newCreator();
  source = await clip({ ...ordinary, seconds: 13 });
  videoId = await uploadClip(creator.client, source, { processing: { protection: 'cbcs' } });
  let looking = true;
  const looked = (async () => {
    while (looking) {
      for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        try {
          seenArguments.add(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
        } catch {
          // It ended while we looked.
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await videoIs(creator.client, videoId, 'ready');
  looking = false;
  await looked;
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const get = async (key: string) => Buffer.from(await (await fetch(`${localCloud().site}/${key}`)).arrayBuffer());
const keyId = async () => (await videos().get(videoId))?.contentKey?.encryption.keyId ?? expect.fail('no key');
const kid = async () => Buffer.from(await keyId(), 'hex').toString('base64url');
const licenseOf = (person: Person, kids: string[]) =>
  person.client.streaming.license({ params: { videoId }, body: { kids } });
const license = async (person: Person) => licenseOf(person, [await kid()]);
const contentKey = async () => Buffer.from((await license(creator)).keys[0]?.k ?? '', 'base64url');

async function track(name: string, segments: number, attempt = 1): Promise<string> {
  const file = join(scratch, `${name}-${attempt}.mp4`);
  const keys = [
    initKey(videoId, attempt, name),
    ...Array.from({ length: segments }, (_, i) => segmentKey(videoId, attempt, name, i + 1)),
  ];
  await writeFile(file, Buffer.concat(await Promise.all(keys.map(get))));
  return file;
}

/** How many frames show their number: of a file as it is, or decrypted. */
async function rightFrames(file: string, key?: Buffer): Promise<number> {
  const clear = `${file}.clear.mp4`;
  const made = ['-map', '0:v', '-c', 'copy', '-copyts', '-y', clear];
  if (key) await ffmpeg(['-decryption_key', key.toString('hex'), '-i', file, ...made]);
  const frames = await seenFrames(key ? clear : file).catch(() => []);
  return frames.filter((frame, i) => frame.number === numberAt(source, i)).length;
}

describe('an encrypted title', () => {
  it('is signalled in both manifests, and its playback names the licence service', async () => {
    const playback = await creator.client.streaming.playback({ params: { videoId } });
    expect(playback.license).toEqual({ keySystem: 'org.w3.clearkey', url: `/api/videos/${videoId}/license` });
    const uuid = (await keyId()).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const mpd = (await get(`media/${videoId}/1/manifest.mpd`)).toString();
    expect(mpd.match(new RegExp(`value="cbcs" cenc:default_KID="${uuid}"`, 'g'))).toHaveLength(2);
    for (const name of ['360p', 'audio-1']) {
      const playlist = (await get(`media/${videoId}/1/${name}.m3u8`)).toString();
      const uri = `/api/videos/${videoId}/license?kid=${await keyId()}`;
      for (const format of ['org.w3.clearkey', 'identity'])
        expect(playlist).toContain(`#EXT-X-KEY:METHOD=SAMPLE-AES,URI="${uri}",KEYFORMAT="${format}"`);
    }
  });

  it('shows nothing without its key, and every frame with it', async () => {
    const file = await track('360p', 4);
    expect(await rightFrames(file, await contentKey())).toBe(source.frames);
    expect(await rightFrames(file)).toBeLessThan(source.frames / 10);
  });

  it('has its sound encrypted too', async () => {
    const file = await track('audio-1', 4);
    const key = (await contentKey()).toString('hex');
    const { stdout } = await run('FFMPEG', [
      '-v',
      'error',
      '-decryption_key',
      key,
      '-i',
      file,
      '-f',
      's16le',
      'pipe:1',
    ]);
    expect(stdout.length / 4 / 48_000).toBeCloseTo(13, 1);
    await expect(run('FFMPEG', ['-v', 'error', '-xerror', '-i', file, '-f', 's16le', 'pipe:1'])).rejects.toThrow();
  });

  it('has a storyboard that can be seen, since it is small, and I-frames that cannot without its key', async () => {
    const { stream } = await publishedTitle(creator.client, videoId);
    const listed = await thumbnails(stream.read, `/media/${videoId}/1/storyboard.vtt`);
    expect(listed).toHaveLength(13);
    expect(await thumbnailNumbers(stream.read, listed)).toEqual(listed.map((_, i) => numberAt(source, i * 30)));
    const [{ entries } = expect.fail('no I-frame stream')] = await iFrameStreams(stream.read, stream.hls);
    const second = entries[1] ?? expect.fail('one segment');
    expect(await iFrameNumbers(stream.read, second, (await contentKey()).toString('hex'))).toEqual([120]);
    expect(await iFrameNumbers(stream.read, second).catch(() => [])).not.toEqual([120]);
  });

  it('gives its licence to those who may watch it, and to nobody else', async () => {
    expect((await license(creator)).keys).toHaveLength(1);
    const stranger = await newCreator();
    await expect(license(stranger)).rejects.toMatchObject({ problem: { code: 'video-not-found' } });
    await creator.client.content.updateVideo({ params: { videoId }, body: { visibility: 'public' } });
    expect(await license(stranger)).toEqual(await license(creator));
  });

  it('leaves its key in no record, no log and no process’s arguments', async () => {
    const key = await contentKey();
    const forms = [key.toString('hex'), key.toString('base64'), key.toString('base64url')];
    const record = JSON.stringify([
      await videos().get(videoId),
      await jobs().getPlan({ videoId, attempt: 1 }),
      await jobs().listJobs({ videoId, attempt: 1 }, 'encode'),
    ]);
    expect(record).toContain(await keyId());
    const { logs } = localCloud();
    const written = (await readdir(logs)).map((name) => readFileSync(join(logs, name), 'utf8')).join('');
    const commands = [...seenArguments].join('\n');
    // The packager was seen at work, or its arguments prove nothing.
    expect(commands).toContain(`${binary('PACKAGER')}`);
    for (const form of forms) for (const place of [record, written, commands]) expect(place.includes(form)).toBe(false);
  });
});

describe('processed anew', () => {
  it('it has a new key; until it is playable viewers watch it as it was, with the old one; neither key opens the other', async () => {
    const old = { kid: await kid(), key: await contentKey(), file: await track('360p', 4) };
    const played = () => creator.client.streaming.playback({ params: { videoId } });
    const before = await played();
    const running = worker();
    running.signalAll('SIGSTOP');
    try {
      const asked = Array.from({ length: 5 }, () =>
        creator.client.processing.reprocess({ params: { videoId }, body: { what: 'everything' } }),
      );
      expect(await Promise.all(asked)).toEqual(asked.map(() => ({ videoId, attempt: 2 })));
      expect(await played()).toEqual({ ...before, state: 'processing', progress: 0 });
      expect((await licenseOf(creator, [old.kid])).keys).toMatchObject([{ k: old.key.toString('base64url') }]);
    } finally {
      running.signalAll('SIGCONT');
    }
    await videoIs(creator.client, videoId, 'ready');
    expect(await played()).toMatchObject({ state: 'ready', attempt: 2, hls: `/media/${videoId}/2/master.m3u8` });

    const anew = { kid: await kid(), key: await contentKey(), file: await track('360p', 4, 2) };
    expect(anew.kid).not.toBe(old.kid);
    expect(anew.key.equals(old.key)).toBe(false);
    expect(await rightFrames(anew.file, anew.key)).toBe(source.frames);
    for (const [file, key] of [
      [old.file, anew.key],
      [anew.file, old.key],
    ] as const)
      expect(await rightFrames(file, key)).toBeLessThan(source.frames / 10);
    expect(await rightFrames(old.file, old.key)).toBe(source.frames);
    expect((await endedExecutionsOf(videoId)).map(({ name }) => name).toSorted()).toEqual(
      [1, 2].map((n) => `${videoId}-${n}`),
    );
  });
});
