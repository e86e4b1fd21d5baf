import { GetObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { s3 } from '../commands/books.ts';
import { refusalOf } from '../commands/calls.ts';
import { cueLines, listedText } from '../commands/captions-listing.ts';
import { clip, ordinary } from '../commands/clip.ts';
import { readText } from '../commands/listing.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { publishedTitle } from '../commands/published.ts';
import { soon } from '../commands/soon.ts';
import { srtCue, subtitled } from '../commands/subtitled-clip.ts';
import { uploadWhole, videoIs } from '../commands/uploads.ts';

/** Objects as they are written, not as caches on the way keep them for a while. */
async function fromBucket(path: string): Promise<Uint8Array> {
  const { MediaBucketName: Bucket } = localCloud().outputs;
  const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key: path.replace(/^\//, '') }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

describe('captions', () => {
  let creator: Person;
  let stranger: Person;
  let matroska: VideoId;
  let mp4: VideoId;

  beforeAll(async () => {
    [creator, stranger] = await Promise.all([newCreator(), newCreator()]);
    const source = await clip({ ...ordinary, seconds: 6 });
    matroska = await uploadWhole(
      creator.client,
      await subtitled(source, {
        container: 'mkv',
        startSeconds: 7,
        tracks: [
          {
            codec: 'subrip',
            language: 'eng',
            title: 'Dialogue',
            text: srtCue(1, 2, 'One') + srtCue(3, 9, 'Tom & Jerry'),
          },
          { codec: 'ass', language: 'fre', disposition: 'hearing_impaired', text: srtCue(2, 3, '<i>Deux</i>') },
        ],
      }),
      { fileName: 'two.mkv', contentType: 'video/x-matroska' },
    );
    mp4 = await uploadWhole(
      creator.client,
      await subtitled(source, {
        container: 'mp4',
        tracks: [{ codec: 'mov_text', language: 'spa', disposition: 'forced', text: srtCue(4, 5, '¡Hola!') }],
      }),
      { fileName: 'one.mp4' },
    );
    await videoIs(creator.client, matroska, 'ready');
    await videoIs(creator.client, mp4, 'ready');
  });

  const listed = async (videoId: VideoId) =>
    listedText(fromBucket, (await publishedTitle(creator.client, videoId)).stream);

  test('text tracks of a file are on the ready title, by both manifests, at the times of its picture', async () => {
    const tracks = await listed(matroska);
    expect(tracks).toMatchObject([
      { label: 'Dialogue', language: 'en', role: 'subtitle' },
      { label: 'français (captions)', language: 'fr', role: 'caption' },
    ]);
    const [english, french] = await Promise.all(tracks.map(({ path }) => readText(fromBucket, path)));
    // The file starts at 7 s, its sound a little before its picture: neither is seen. The last cue ends with the title.
    expect(cueLines(english ?? '')).toEqual(['1 2 One', '3 6 Tom &amp; Jerry']);
    expect(cueLines(french ?? '')).toEqual(['2 3 <i>Deux</i>']);

    const [spanish, ...others] = await listed(mp4);
    expect(spanish).toMatchObject({ label: 'español (forced)', language: 'es', role: 'forced-subtitle' });
    expect(others).toEqual([]);
    expect(cueLines(await readText(fromBucket, spanish?.path ?? ''))).toEqual(['4 5 ¡Hola!']);
  });

  test('a file that comes once the title is ready appears, is replaced, and goes again', async () => {
    const { content } = creator.client;
    const params = { videoId: mp4, name: 'de-subtitles' };
    const body = { language: 'DE', kind: 'subtitles', label: 'Deutsch' } as const;
    const first = await content.putCaptions({ params, body: { ...body, text: srtCue(1, 2, 'Eins') } });
    expect(first).toMatchObject({ language: 'de', origin: 'uploaded', cues: 1 });
    const german = () =>
      soon(async () => {
        const track = (await listed(mp4)).find(({ language }) => language === 'de');
        expect(track).toMatchObject({ label: 'Deutsch', role: 'subtitle' });
        return track?.path ?? '';
      });
    const path = await german();
    expect(path).toBe(first.file);
    const { stream } = await publishedTitle(creator.client, mp4);
    const served = await fetch(localCloud().site + path);
    expect(served.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(served.headers.get('cache-control')).toContain('immutable');
    expect(cueLines(await served.text())).toEqual(['1 2 Eins']);
    // What Finish has measured stays.
    expect(await readText(fromBucket, stream.hls)).toContain('AVERAGE-BANDWIDTH=');

    await content.putCaptions({ params, body: { ...body, text: srtCue(1, 2, 'Zwei') } });
    await soon(async () => expect(await german()).not.toBe(path));
    expect(cueLines(await readText(fromBucket, await german()))).toEqual(['1 2 Zwei']);
    // Who plays what was listed before still finds it.
    expect(cueLines(await readText(fromBucket, path))).toEqual(['1 2 Eins']);

    await content.deleteCaptions({ params });
    await soon(async () => expect((await listed(mp4)).map(({ language }) => language)).toEqual(['es']));
    expect((await refusalOf(content.deleteCaptions({ params }))).code).toBe('captions-not-found');
  });

  test('are for the owner to change, and a file that is none is refused with its line', async () => {
    const params = { videoId: mp4, name: 'en-subtitles' };
    const body = { language: 'en', kind: 'subtitles', text: srtCue(1, 2, 'Mine') } as const;
    const { content } = stranger.client;
    for (const call of [
      () => content.putCaptions({ params, body }),
      () => content.deleteCaptions({ params: { videoId: mp4, name: 'embedded-1' } }),
      () => content.listCaptions({ params: { videoId: mp4 } }),
    ])
      expect((await refusalOf(call())).code).toBe('video-not-found');
    const text = `${srtCue(1, 2, 'Right')}2\n00:00:05,000 --> 00:00:04,000\nWrong\n`;
    expect(await refusalOf(creator.client.content.putCaptions({ params, body: { ...body, text } }))).toMatchObject({
      code: 'captions-invalid',
      fault: 'end-before-start',
      line: 6,
    });
    const { captions } = await creator.client.content.listCaptions({ params: { videoId: mp4 } });
    expect(captions.map(({ name }) => name)).toEqual(['embedded-1']);
  });
});
