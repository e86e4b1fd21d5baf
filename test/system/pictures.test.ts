import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { ffmpeg } from '../commands/binaries.ts';
import { type Clip, clip, numberAt, ordinary } from '../commands/clip.ts';
import { seenFrames } from '../commands/frames.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { iFrameNumbers, iFrameStreams, thumbnailNumbers, thumbnails } from '../commands/pictures.ts';
import { type PictureFacts, pictureFacts, publishedTitle } from '../commands/published.ts';
import { soon } from '../commands/soon.ts';
import type { Stream } from '../commands/stream-check.ts';
import { checksumOf, uploadClip, videoIs } from '../commands/uploads.ts';

/** Black at first, as films begin; two chunks, and a tail of a second and a half. */
const blackSeconds = 3;
const seconds = 13.5;

let creator: Person;
let source: Clip;
let videoId: VideoId;
let stream: Stream;

beforeAll(async () => {
  creator = await newCreator();
  source = await clip({ ...ordinary, width: 854, height: 480, seconds, blackSeconds });
  videoId = await uploadClip(creator.client, source);
  await videoIs(creator.client, videoId, 'ready');
  stream = (await publishedTitle(creator.client, videoId)).stream;
});

const shown = (frame: number) => (frame < blackSeconds * 30 ? undefined : numberAt(source, frame));

describe('the storyboard', () => {
  it('is named by playback, and shows each moment’s own frame', async () => {
    const { storyboard } = await creator.client.streaming.playback({ params: { videoId } });
    const listed = await thumbnails(stream.read, storyboard ?? expect.fail('no storyboard'));
    expect(listed.map(({ start }) => start)).toEqual(Array.from({ length: 14 }, (_, i) => i));
    expect(listed.at(-1)?.end).toBe(seconds);
    expect(await thumbnailNumbers(stream.read, listed)).toEqual(listed.map(({ start }) => shown(start * 30)));
  });
});

describe('the I-frame playlists', () => {
  it('list for every eager rung the picture that each segment begins with, and its bytes alone show it', async () => {
    const streams = await iFrameStreams(stream.read, stream.hls);
    expect(streams.map(({ uri }) => uri)).toEqual(['360p-iframes.m3u8', '480p-iframes.m3u8']);
    for (const { entries, bandwidth, codecs, resolution } of streams) {
      expect(codecs).toMatch(/^avc1\.\w+$/);
      expect(resolution).toBeDefined();
      expect(entries.map((entry) => entry.seconds)).toEqual([4, 4, 4, 1.5]);
      for (const [i, entry] of entries.entries()) {
        expect(await iFrameNumbers(stream.read, entry)).toEqual([shown(i * 120)]);
        // Shorter than half a target duration: no run of segments that a rate is measured of.
        if (entry.seconds >= 2) expect((entry.length * 8) / entry.seconds).toBeLessThanOrEqual(bandwidth);
      }
    }
  });
});

/** An object of the site as a picture: what can be seen in it, and the number burnt into it. */
async function seen(path: string): Promise<PictureFacts & { number: number | undefined }> {
  const directory = await mkdtemp(join(tmpdir(), 'poster-'));
  try {
    const file = join(directory, 'picture.jpg');
    await writeFile(file, await stream.read(path));
    return { ...(await pictureFacts(file)), number: (await seenFrames(file))[0]?.number };
  } finally {
    await rm(directory, { recursive: true });
  }
}

const posters = () => creator.client.content.listPosters({ params: { videoId } });
const shownPoster = async () => {
  const { poster } = await creator.client.streaming.playback({ params: { videoId } });
  return poster ?? expect.fail('no poster');
};

describe('the poster', () => {
  it('has three candidates, of different places, of which none is black; the best stands for the title at once', async () => {
    const { candidates, own, sent } = await posters();
    expect([own, sent]).toEqual([null, null]);
    expect(candidates.map(({ number, chosen }) => [number, chosen])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ]);
    const pictures = await Promise.all(candidates.map(({ path }) => seen(path)));
    for (const { width, height, brightness, contrast } of pictures) {
      expect([width, height]).toEqual([854, 480]);
      expect(brightness).toBeGreaterThan(40);
      expect(contrast).toBeGreaterThan(20);
    }
    const frames = pictures.map(({ number }) => number ?? expect.fail('a picture without a number'));
    for (const frame of frames) expect(frame).toBeGreaterThanOrEqual(blackSeconds * 30);
    // A second apart at the least.
    const sorted = frames.toSorted((a, b) => a - b);
    expect(Math.min(...sorted.slice(1).map((frame, i) => frame - (sorted[i] ?? 0)))).toBeGreaterThanOrEqual(30);
    expect(await shownPoster()).toBe(candidates[0]?.path);
  });

  it('is the candidate that its creator chooses', async () => {
    const { candidates } = await posters();
    const body = { kind: 'candidate', number: 3 } as const;
    const video = await creator.client.content.choosePoster({ params: { videoId }, body });
    expect(video.poster).toBe(candidates[2]?.path);
    expect(await shownPoster()).toBe(candidates[2]?.path);
    expect((await posters()).candidates.map(({ chosen }) => chosen)).toEqual([false, false, true]);
  });
});

describe('a picture of the creator’s own', () => {
  /** Sends a file as a browser does; the status that storage gave. */
  async function send(bytes: Buffer, contentType = 'image/png', sent = bytes) {
    const body = { contentType, sizeBytes: bytes.length, checksum: checksumOf(bytes) };
    const signed = await creator.client.content.signPicture({ params: { videoId }, body });
    const answer = await fetch(signed.url, { method: 'PUT', headers: signed.headers, body: new Uint8Array(sent) });
    return { pictureId: signed.pictureId, status: answer.status };
  }
  async function sendWhole(bytes: Buffer) {
    const { pictureId, status } = await send(bytes);
    expect(status).toBe(200);
    await creator.client.content.beginPicture({ params: { videoId, pictureId } });
    return soon(async () => {
      const list = await posters();
      if (list.sent?.pictureId !== pictureId || list.sent.state === 'pending') throw new Error('not judged yet');
      return list;
    });
  }
  const red = async () =>
    (
      await ffmpeg([
        '-f',
        'lavfi',
        '-i',
        'color=red:s=1600x1200',
        '-frames:v',
        '1',
        '-c:v',
        'png',
        '-f',
        'image2pipe',
        '-',
      ])
    ).stdout;

  it('becomes the poster, as a JPEG that is made of it, no larger than players show', async () => {
    const picture = await red();
    const { own, sent, candidates } = await sendWhole(picture);
    expect(sent).toMatchObject({ state: 'made', problem: null });
    expect(candidates.some(({ chosen }) => chosen)).toBe(false);
    expect(own?.chosen).toBe(true);
    expect(await shownPoster()).toBe(own?.path);
    const served = await stream.read(own?.path ?? '');
    expect([...served.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(await seen(own?.path ?? '')).toMatchObject({ width: 960, height: 720 });
  });

  it.each([
    [
      'a drawing that is a program',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'not-a-picture',
    ],
    ['half of a picture', undefined, 'picture-damaged'],
  ])('is refused if it is %s, with a sentence; the poster stays', async (_, bytes, code) => {
    const before = await shownPoster();
    const { sent } = await sendWhole(bytes ?? (await red()).subarray(0, 300));
    expect(sent).toMatchObject({ state: 'refused', problem: { code } });
    expect(await shownPoster()).toBe(before);
  });

  it('is not taken if it is of another kind, too large, not what was announced, or not there', async () => {
    const problem = (code: string) => ({ problem: { code } });
    const bytes = Buffer.from('GIF89a');
    await expect(send(bytes, 'image/gif')).rejects.toMatchObject(problem('type-not-accepted'));
    const body = { contentType: 'image/png', sizeBytes: 21 * 1024 * 1024, checksum: checksumOf(bytes) };
    const params = { videoId };
    await expect(creator.client.content.signPicture({ params, body })).rejects.toMatchObject(problem('file-too-large'));
    const { pictureId, status } = await send(bytes, 'image/png', Buffer.from('GIF87a'));
    expect(status).toBe(400);
    await expect(creator.client.content.beginPicture({ params: { videoId, pictureId } })).rejects.toMatchObject(
      problem('picture-incomplete'),
    );
    const stranger = await newCreator();
    await expect(stranger.client.content.listPosters({ params })).rejects.toMatchObject(problem('video-not-found'));
  });

  it('cannot be had as it was sent', async () => {
    const { own } = await posters();
    const answer = await fetch(`${localCloud().site}/pictures/${videoId}/${own?.pictureId}`);
    // The web app answers whatever is no file of the site.
    expect(answer.headers.get('content-type')).not.toMatch(/^image/);
  });
});
