import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { attemptPrefix, hlsMasterKey, segmentKey, sourcePrefix } from '../../domain/media/paths.ts';
import { restorableMs } from '../../domain/video/deletion.ts';
import { comesToBeRemoved, executionsOf, mediaUnder, s3, sourceExists, videos } from '../commands/books.ts';
import { refusalOf } from '../commands/calls.ts';
import { type Clip, clip, ordinary } from '../commands/clip.ts';
import { localCloud, worker } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { callRemoval } from '../commands/rules.ts';
import { soon } from '../commands/soon.ts';
import { placesNaming } from '../commands/stores.ts';
import { beginUpload, sendPart, uploadClip, uploadWhole, videoIs } from '../commands/uploads.ts';

/** One video, through all that may happen to it until nothing of it is left. */
let creator: Person;
let first: Clip;
let second: Clip;
let videoId: VideoId;

beforeAll(async () => {
  creator = await newCreator();
  first = await clip({ ...ordinary, width: 640, height: 360, seconds: 6 });
  second = await clip({ ...ordinary, width: 640, height: 360, seconds: 5 });
  videoId = await uploadClip(creator.client, first);
  await videoIs(creator.client, videoId, 'ready');
});

const content = () => creator.client.content;
const params = () => ({ params: { videoId } });
const playback = () => creator.client.streaming.playback(params());
const status = async (key: string) => (await fetch(`${localCloud().site}/${key}`)).status;
const manifests = async (attempt: number) => {
  const stored = await mediaUnder(`${attemptPrefix(videoId, attempt)}/`);
  return [...stored.values()].filter(({ key }) => /\.(m3u8|mpd)$/.test(key)).map(({ key, etag }) => `${key} ${etag}`);
};
const inTrash = async () => (await content().listDeletedVideos()).videos.map((video) => video.videoId);
/** Where the video is still named, but for answers that are kept for a day in case their request is repeated. */
const keptOf = async (id: VideoId) =>
  (await placesNaming(id)).filter(({ what }) => !String((what as { key?: unknown }).key).startsWith('answer#'));

describe('a video', () => {
  let listed: string[];

  it('that its creator deletes is out of sight at once, and nobody begins to watch it', async () => {
    listed = await manifests(1);
    expect(listed.length).toBeGreaterThan(3);
    const { version } = await content().getVideo(params());
    const stranger = await newCreator();
    expect((await refusalOf(stranger.client.content.deleteVideo(params()))).code).toBe('video-not-found');
    expect((await refusalOf(content().deleteVideo({ ...params(), ifMatch: version - 1 }))).code).toBe(
      'version-conflict',
    );

    const deleted = await content().deleteVideo({ ...params(), ifMatch: version });
    expect(deleted.purgeAt - deleted.deletedAt).toBe(restorableMs);
    const { getVideo, listCaptions } = content();
    for (const read of [playback, () => getVideo(params()), () => listCaptions(params())])
      expect((await refusalOf(read())).code).toBe('video-not-found');
    expect((await content().listCreatorVideos()).videos).toEqual([]);
    expect(await soon(inTrash)).toEqual([videoId]);
    expect((await content().deleteVideo(params())).purgeAt).toBe(deleted.purgeAt);
    await soon(async () => expect(await manifests(1)).toEqual([]));
  });

  it('comes back as it was', async () => {
    const strangers = (await newCreator()).client.content;
    expect((await refusalOf(strangers.restoreVideo(params()))).code).toBe('video-not-found');
    expect(await strangers.restoreVideos({ body: { videoIds: [videoId] } })).toEqual({ done: [], refused: [videoId] });

    expect(await content().restoreVideos({ body: { videoIds: [videoId] } })).toEqual({ done: [videoId], refused: [] });
    expect(await content().getVideo(params())).toMatchObject({ state: 'ready', attempt: 1, reason: null });
    expect((await playback()).hls).toBe(`/${hlsMasterKey(videoId, 1)}`);
    await content().restoreVideo(params());
    await soon(async () => {
      expect(await inTrash()).toEqual([]);
      expect(await manifests(1)).toEqual(listed);
    });
  });

  it('is watched as before when a file that is to replace its own is of no use, and says why', async () => {
    await uploadWhole(creator.client, Buffer.from('no film'), { fileName: 'b.mp4', replaces: videoId });
    const rejected = await videoIs(creator.client, videoId, 'rejected');
    expect(rejected).toMatchObject({ attempt: 2, fileName: 'b.mp4', reason: { code: 'truncated' } });
    expect(await playback()).toMatchObject({ attempt: 1, hls: `/${hlsMasterKey(videoId, 1)}` });
    expect(await status(segmentKey(videoId, 1, '360p', 1))).toBe(200);
  });

  it('goes on with what a deletion has broken off, and changes files behind its links', async () => {
    const bytes = await readFile(second.file);
    worker().signalAll('SIGSTOP');
    try {
      await uploadWhole(creator.client, bytes, { fileName: 'c.mp4', replaces: videoId });
      await videoIs(creator.client, videoId, 'processing');
      const again = creator.client.upload.createUpload({
        body: { fileName: 'd.mp4', contentType: 'video/mp4', sizeBytes: 10, replaces: videoId },
      });
      expect((await refusalOf(again)).code).toBe('not-replaceable');
      expect(await playback()).toMatchObject({ attempt: 1, hls: `/${hlsMasterKey(videoId, 1)}` });

      await content().deleteVideo(params());
      const stopped = { name: `${videoId}-3`, status: 'ABORTED' };
      await soon(async () => expect(await executionsOf(videoId)).toContainEqual(stopped));
      await content().restoreVideo(params());
    } finally {
      worker().signalAll('SIGCONT');
    }
    const ready = await videoIs(creator.client, videoId, 'ready');
    const title = basename(first.file, '.mp4');
    expect(ready).toMatchObject({ attempt: 3, fileName: 'c.mp4', title, reason: null, durationSeconds: 5 });
    expect(await playback()).toMatchObject({ attempt: 3, hls: `/${hlsMasterKey(videoId, 3)}` });
    expect(await status(hlsMasterKey(videoId, 1))).toBe(200);
  });

  it('keeps, some days later, nothing of a file that was replaced', async () => {
    const before = await videos().get(videoId);
    expect((before?.removalAt ?? 0) - Date.now()).toBeGreaterThan(2 * 24 * 3600 * 1000);
    await comesToBeRemoved(videoId);
    await callRemoval();
    const after = await videos().get(videoId);
    expect([after?.removalAt, after?.readyAttempt]).toEqual([undefined, undefined]);
    expect(await mediaUnder(`${attemptPrefix(videoId, 1)}/`)).toEqual(new Map());
    expect(await status(segmentKey(videoId, 1, '360p', 1))).toBe(404);
    const sources = (await placesNaming(videoId)).filter(({ what }) => String(what).startsWith(sourcePrefix(videoId)));
    expect(sources.map(({ what }) => what)).toEqual([after?.source?.key]);
    expect(await status(segmentKey(videoId, 3, '360p', 1))).toBe(200);
  });

  it('is really gone after its time: from every table, every bucket with its versions, every queue, and the CDN', async () => {
    const segment = segmentKey(videoId, 3, '360p', 1);
    expect((await placesNaming(videoId)).length).toBeGreaterThan(20);
    await content().deleteVideo(params());
    await soon(async () => expect(await manifests(3)).toEqual([]));
    // A deleted video's time has not come.
    await callRemoval();
    expect(await soon(inTrash)).toEqual([videoId]);

    await comesToBeRemoved(videoId);
    expect((await refusalOf(content().restoreVideo(params()))).code).toBe('not-restorable');
    await callRemoval();
    const [tombstone, ...rest] = await keptOf(videoId);
    expect(rest).toEqual([]);
    expect(Object.keys(tombstone?.what as object).toSorted()).toEqual([
      'attempt',
      'deletedAt',
      'expiresAtSeconds',
      'purgedAt',
      'removal',
      'removalAt',
      'videoId',
    ]);
    expect(await status(segment)).toBe(404);
    const { restoreVideo, deleteVideo, purgeVideo } = content();
    for (const change of [restoreVideo, deleteVideo, purgeVideo])
      expect((await refusalOf(change(params()))).code).toBe('video-not-found');
  });

  it('stays gone: what something late has written goes too', async () => {
    const Bucket = localCloud().outputs.MediaBucketName;
    await s3().send(new PutObjectCommand({ Bucket, Key: segmentKey(videoId, 3, '360p', 2), Body: 'late' }));
    await comesToBeRemoved(videoId);
    await callRemoval();
    expect((await keptOf(videoId)).map(({ what }) => Object.keys(what as object))).toEqual([
      expect.not.arrayContaining(['removal']),
    ]);
  });
});

it('a video that is deleted while its file is on its way ends the upload, and is gone for good', async () => {
  const bytes = await readFile(first.file);
  const upload = await beginUpload(creator.client, bytes, { fileName: 'e.mp4' });
  await sendPart(creator.client, upload, 1);
  await content().deleteVideos({ body: { videoIds: [upload.videoId] } });
  const refused = await refusalOf(sendPart(creator.client, upload, 1));
  expect(['upload-closed', 'upload-not-found']).toContain(refused.code);
  await soon(async () => expect(await keptOf(upload.videoId)).toHaveLength(1));
  expect(await sourceExists(sourcePrefix(upload.videoId))).toBe(false);
});
