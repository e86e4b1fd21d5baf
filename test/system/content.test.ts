import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { isProblem } from '../../domain/api/problems.ts';
import { videoPublished } from '../../domain/events/events.ts';
import type { VideoId } from '../../domain/ids.ts';
import { editing } from '../../lambdas/content/editing.ts';
import { newVideoId } from '../../platform/ids.ts';
import { comesToBePublished, videos } from '../commands/books.ts';
import { refusalOf } from '../commands/calls.ts';
import { cliOf } from '../commands/cli.ts';
import { type Clip, clip, ordinary } from '../commands/clip.ts';
import { type Listener, listenTo } from '../commands/heard-events.ts';
import { awsConfig } from '../commands/local-cloud.ts';
import { newCreator, newPerson, type Person } from '../commands/people.ts';
import { soon } from '../commands/soon.ts';
import { beginUpload, uploadClip, videoIs } from '../commands/uploads.ts';

let ada: Person;
let bob: Person;
let member: Person;
let source: Clip;
/** A video that can be watched. */
let watchable: VideoId;
let published: Listener<{ videoId: VideoId; publishedAt: number }>;

/** A video of which there is only a record. */
const record = async ({ client }: Person): Promise<VideoId> =>
  (await beginUpload(client, Buffer.alloc(9), { fileName: 'not sent.mp4' })).videoId;

beforeAll(async () => {
  published = await listenTo(videoPublished);
  [ada, bob, member] = await Promise.all([
    newCreator(),
    newCreator(),
    newPerson({ memberUntil: Date.now() + 3600_000 }),
  ]);
  source = await clip({ ...ordinary, seconds: 2 });
  watchable = await uploadClip(ada.client, source);
  await videoIs(ada.client, watchable, 'playable', 'ready');
});

const update = (person: Person, videoId: VideoId, body: object, ifMatch?: number) =>
  person.client.content.updateVideo({ params: { videoId }, body, ...(ifMatch !== undefined && { ifMatch }) });
const playback = (person: Person, videoId: VideoId) => person.client.streaming.playback({ params: { videoId } });
const eventsOf = async (videoId: VideoId) => (await published.heard()).filter((event) => event.videoId === videoId);

describe('what a creator tells of a video', () => {
  it('is kept, told to those who watch, and taken away by null', async () => {
    const told = {
      title: 'Sea',
      description: 'By the sea\nhttps://example.com',
      tags: ['Sea', 'sun'],
      category: 'travel',
      language: 'PT-br',
      licence: 'cc-by-4.0',
      visibility: 'unlisted',
      chapters: [
        { startSeconds: 0, title: 'There' },
        { startSeconds: 1.5, title: 'Back' },
      ],
    };
    const kept = { ...told, language: 'pt-BR' };
    expect(await update(ada, watchable, told)).toMatchObject(kept);
    expect(await playback(bob, watchable)).toMatchObject({
      ...kept,
      ownerId: ada.userId,
      category: { name: 'Travel' },
      licence: { name: 'Creative Commons Attribution' },
    });
    await update(ada, watchable, { description: null, category: null, chapters: null });
    expect(await playback(bob, watchable)).toMatchObject({
      description: null,
      category: null,
      chapters: [],
      title: 'Sea',
    });
  });

  it('is refused at its place where the record or the clock forbids it, and nothing of it is kept', async () => {
    const chapters = [
      { startSeconds: 0, title: 'a' },
      { startSeconds: 2, title: 'b' },
    ];
    const late = await refusalOf(update(ada, watchable, { title: 'No', chapters }));
    expect(late).toMatchObject({ code: 'invalid-request', errors: [{ path: 'chapters.1.startSeconds' }] });
    const past = await refusalOf(update(ada, watchable, { title: 'No', publishAt: Date.now() - 1000 }));
    expect(past).toMatchObject({ code: 'invalid-request', errors: [{ path: 'publishAt' }] });
    expect((await playback(ada, watchable)).title).toBe('Sea');
    expect(await refusalOf(update(bob, watchable, { title: 'No' }))).toMatchObject({ code: 'video-not-found' });
  });

  it('is written by exactly one of fifty who have seen the same version, round for round', async () => {
    const videoId = await record(ada);
    // Past the API, whose local functions would take half a minute to start: its own code, on the deployed table.
    const edit = editing({ videos: videos(), publication: { tell: async () => expect.fail('nothing is published') } });
    for (const version of [1, 2, 3]) {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, i) => edit(videoId, () => ({ title: `${version}.${i}` }), version, Date.now())),
      );
      const [winner, ...more] = outcomes.filter((outcome) => !isProblem(outcome));
      expect([winner, more]).toEqual([expect.objectContaining({ version: version + 1 }), []]);
      const codes = outcomes.flatMap((outcome) => (isProblem(outcome) ? outcome.code : []));
      expect([codes.length, new Set(codes)]).toEqual([49, new Set(['version-conflict'])]);
      expect(await videos().get(videoId)).toEqual(winner);
    }
    const [first, second] = await Promise.allSettled(['a', 'b'].map((title) => update(ada, videoId, { title }, 4)));
    expect([first?.status, second?.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is changed of many at once, and answered for one by one', async () => {
    const [mine, other, bobs] = await Promise.all([record(ada), record(ada), record(bob)]);
    const unknown = newVideoId();
    const { results } = await ada.client.content.updateVideos({
      body: {
        videos: [
          { videoId: mine },
          { videoId: other, version: 99 },
          { videoId: bobs, version: 99 },
          { videoId: unknown },
        ],
        change: { addTags: ['trip'], category: 'film' },
      },
    });
    expect(results).toMatchObject([
      { videoId: mine, version: 2, problem: null },
      { videoId: other, version: null, problem: { code: 'version-conflict' } },
      { videoId: bobs, version: null, problem: { code: 'video-not-found' } },
      { videoId: unknown, version: null, problem: { code: 'video-not-found' } },
    ]);
    expect(await ada.client.content.getVideo({ params: { videoId: mine } })).toMatchObject({
      tags: ['trip'],
      category: 'film',
    });
    expect(await bob.client.content.getVideo({ params: { videoId: bobs } })).toMatchObject({ tags: [], version: 1 });
  });
});

describe('a video for members', () => {
  it('is watched by those with a plan; others learn what they miss', async () => {
    await update(ada, watchable, { visibility: 'members' });
    expect(await playback(member, watchable)).toMatchObject({ visibility: 'members', hls: expect.any(String) });
    const refused = await refusalOf(playback(bob, watchable));
    expect(refused).toMatchObject({ code: 'membership-needed', status: 403, video: { title: 'Sea' } });
    expect(JSON.stringify(refused)).not.toMatch(/m3u8|\.mpd/);
  });
});

describe('a scheduled video', () => {
  /** Calls the publisher as its schedule does each minute. */
  async function aMinutePasses(): Promise<void> {
    const lambda = new LambdaClient(awsConfig());
    for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {}))
      for (const { FunctionName } of Functions)
        if (FunctionName?.includes('PublishDue')) {
          const Payload = JSON.stringify({ 'detail-type': 'Scheduled Event' });
          const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
          if (answer.FunctionError) throw new Error(answer.Payload?.transformToString());
        }
  }

  it('is its owner’s until its time, everybody’s from then on, and told once', async () => {
    await update(ada, watchable, { visibility: 'public', publishAt: Date.now() + 3600_000 });
    expect(await refusalOf(playback(bob, watchable))).toMatchObject({ code: 'video-not-found' });
    expect(await playback(ada, watchable)).toMatchObject({ visibility: 'public', publishedAt: null });
    await aMinutePasses();
    expect(await eventsOf(watchable)).toEqual([]);
    const publishAt = await comesToBePublished(watchable);
    await playback(bob, watchable);
    await Promise.all([aMinutePasses(), aMinutePasses()]);
    await soon(async () => expect(await eventsOf(watchable)).toMatchObject([{ publishedAt: publishAt }]));
    expect(await playback(bob, watchable)).toMatchObject({ publishedAt: publishAt });
    // Hidden and shown again it is no news.
    await update(ada, watchable, { visibility: 'private' });
    await update(ada, watchable, { visibility: 'public', publishAt: null });
    await aMinutePasses();
    expect(await eventsOf(watchable)).toHaveLength(1);
    expect(await playback(bob, watchable)).toMatchObject({ publishedAt: publishAt });
  });

  it('a public one is told of when it becomes playable', async () => {
    const videoId = await uploadClip(ada.client, source);
    await update(ada, videoId, { visibility: 'public' });
    const { publishedAt } = await soon(
      async () => {
        const [event, ...more] = await eventsOf(videoId);
        expect([event, more]).toEqual([expect.anything(), []]);
        return event as { publishedAt: number };
      },
      { seconds: 60 },
    );
    expect(await playback(bob, videoId)).toMatchObject({ publishedAt });
  });
});

describe('the source', () => {
  it('comes back to its owner, byte by byte and under its name, and to nobody else', async () => {
    const params = { videoId: watchable };
    const { url, fileName, sizeBytes } = await ada.client.content.getSource({ params });
    const answer = await fetch(url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.equals(await readFile(source.file))).toBe(true);
    expect(bytes.length).toBe(sizeBytes);
    expect(answer.headers.get('content-disposition')).toContain(`filename="${fileName}"`);
    expect(await refusalOf(bob.client.content.getSource({ params }))).toMatchObject({ code: 'video-not-found' });
    const unsent = await record(ada);
    expect(await refusalOf(ada.client.content.getSource({ params: { videoId: unsent } }))).toMatchObject({
      code: 'source-not-found',
    });
  });
});

it('the command line lists, edits and downloads', async () => {
  await using cli = await cliOf(ada);
  const folder = await mkdtemp(join(tmpdir(), 'download-'));
  try {
    const edited = await cli.json(
      'videos',
      'edit',
      watchable,
      '--title',
      'From afar',
      '--tag',
      'one',
      'two',
      '--clear',
      'licence',
    );
    expect(edited).toMatchObject({ title: 'From afar', tags: ['one', 'two'], licence: null });
    const { videos } = (await cli.json('videos', '--visibility', 'public')) as { videos: { videoId: string }[] };
    expect(videos.map(({ videoId }) => videoId)).toContain(watchable);
    expect(await cli.json('videos', '--visibility', 'members')).toEqual({ videos: [] });
    const file = join(folder, 'back.mp4');
    await cli.json('videos', 'download', watchable, file);
    const sum = async (path: string) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    expect(await sum(file)).toBe(await sum(source.file));
  } finally {
    await rm(folder, { recursive: true });
  }
});
