import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoId } from '../../domain/ids.ts';
import { historyStore } from '../../lambdas/history/store.ts';
import { newVideoId } from '../../platform/ids.ts';
import { personalHistory } from '../../platform/personal/history.ts';
import { keepsAnything } from '../../platform/personal/personal.ts';
import { newCreator, type Person, signedIn } from '../commands/people.ts';
import { dynamo, itemsOfTable, tableNamed, toldAbout } from '../commands/tables.ts';

const now = Date.now();
const minute = 60_000;

const save = ({ client }: Person, videoId: VideoId, positionSeconds: number, watchedAt: number, startedAt: number) =>
  client.history.savePosition({
    params: { videoId },
    body: { positionSeconds, durationSeconds: 600, watchedAt, startedAt },
  });
const resume = async ({ client }: Person, videoId: VideoId) =>
  (await client.history.getPosition({ params: { videoId } })).watched?.resumeSeconds;

let ada: Person;
beforeAll(async () => {
  ada = await newCreator();
});

describe('how far somebody is', () => {
  it('is the latest of fifty positions that come at once, in whatever order, on any device', async () => {
    const video = newVideoId();
    const phone = await signedIn(ada);
    await Promise.all([
      save(ada, video, 60, now - 2 * minute, now - 2 * minute),
      save(phone, video, 50, now - 3 * minute, now),
    ]);
    expect(await resume(phone, video)).toBe(60);
    // At the table itself: fifty calls at once would be fifty functions that start.
    const store = historyStore(dynamo(), await tableNamed('LibraryHistory'));
    const mixed = Array.from({ length: 50 }, (_, i) => (i * 7) % 50);
    await Promise.all(
      mixed.map((i) =>
        store.keep(ada.userId, {
          videoId: video,
          positionSeconds: 100 + i,
          durationSeconds: 600,
          watchedAt: now - minute + i,
          startedAt: now - minute,
        }),
      ),
    );
    expect(await resume(phone, video)).toBe(149);
    const { videos } = await ada.client.history.listHistory();
    expect(videos).toHaveLength(1);
    await save(phone, video, 590, now, now - minute);
    expect(await resume(ada, video)).toBe(0);
  });

  it('is nobody else’s to know', async () => {
    const video = newVideoId();
    await save(ada, video, 60, now, now);
    const bob = await newCreator();
    expect(await resume(bob, video)).toBeUndefined();
    expect((await bob.client.history.listHistory()).videos).toEqual([]);
  });
});

describe('a history', () => {
  it('lists viewings, the last first, page by page; forgets one, pauses, and is cleared for good', async () => {
    const person = await newCreator();
    const { history } = person.client;
    const videos = Array.from({ length: 5 }, newVideoId);
    await Promise.all(videos.map((video, i) => save(person, video, 60, now - i * minute, now - i * minute)));
    const first = await history.listHistory({ query: { limit: 3 } });
    const second = await history.listHistory({ query: { limit: 3, cursor: first.cursor ?? '' } });
    expect([...first.videos, ...second.videos].map(({ videoId }) => videoId)).toEqual(videos);
    expect(second.cursor).toBeNull();

    const [latest, removed] = videos as [VideoId, VideoId];
    await history.removeFromHistory({ params: { videoId: removed } });
    expect((await history.listHistory()).videos.map(({ videoId }) => videoId)).not.toContain(removed);

    await history.setHistory({ body: { paused: true } });
    await save(person, latest, 120, Date.now(), Date.now());
    expect(await history.getPosition({ params: { videoId: latest } })).toMatchObject({
      paused: true,
      watched: { positionSeconds: 60 },
    });
    await history.setHistory({ body: { paused: false } });

    await history.clearHistory();
    expect((await history.listHistory()).videos).toEqual([]);
    // Sent late by a device that was offline.
    await save(person, removed, 60, now, now);
    expect((await history.listHistory()).videos).toEqual([]);
    const kept = async () =>
      (await itemsOfTable('LibraryHistory')).filter(
        ({ userId, item }) => userId === person.userId && item !== 'SETTINGS',
      );
    await expect.poll(kept, { timeout: 20_000 }).toEqual([]);
  });

  it('goes when its person does', async () => {
    const person = await newCreator();
    const video = newVideoId();
    await save(person, video, 60, now, now);
    await person.client.history.setHistory({ body: { paused: true } });
    const store = personalHistory(dynamo(), await tableNamed('LibraryHistory'));
    expect(await toldAbout(store, person.userId)).toEqual([
      { kind: 'settings', paused: true },
      expect.objectContaining({ kind: 'watched', videoId: video, positionSeconds: 60 }),
    ]);
    await store.erase(person.userId, now);
    expect(await keepsAnything(store, person.userId)).toBe(false);
  });
});
