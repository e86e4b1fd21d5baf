import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, entryOf, shelvesOf, showsTheSame } from '../../../../domain/catalogue/entry.ts';
import { heat, pointsFor } from '../../../../domain/catalogue/heat.ts';
import { mergeNewest } from '../../../../domain/catalogue/merge.ts';
import { endOf, idOf, numberOf, positionOf } from '../../../../domain/catalogue/position.ts';
import type { UserId } from '../../../../domain/ids.ts';
import { Video } from '../../../../domain/video/video.ts';
import { newVideoId } from '../../../../platform/ids.ts';

const hour = 3_600_000;
const video = Video.parse({
  videoId: newVideoId(),
  ownerId: 'aaaaaaaa-0000-4000-8000-000000000001' as UserId,
  title: 'Holiday',
  visibility: 'public',
  state: 'ready',
  attempt: 1,
  version: 3,
  createdAt: 1,
  updatedAt: 2,
  playableAt: 1000,
  category: 'travel',
});

describe('a position', () => {
  it('sorts by its number and then by its id, and gives both back', () => {
    const at = fc.integer({ min: 0, max: 10 ** 14 });
    fc.assert(
      fc.property(at, at, (a, b) => {
        const [x, y] = [positionOf(a, video.videoId), positionOf(b, newVideoId())];
        expect(x < y).toBe(a < b || a === b);
        expect([numberOf(x), idOf(x)]).toEqual([a, video.videoId]);
        expect(x < endOf(a) && endOf(a) < positionOf(a + 1, video.videoId)).toBe(true);
      }),
    );
  });
});

describe('an entry', () => {
  const entry = entryOf(video, undefined) as Entry;

  it('is in every list when its video is public and can be watched, and by heat once somebody likes it', () => {
    const { videoId, ownerId } = video;
    const shelves = { feed: 'public', channel: ownerId, shelf: 'travel', listed: positionOf(1000, videoId) };
    expect(shelvesOf(entry)).toEqual(shelves);
    expect(shelvesOf({ ...entry, points: 1 })).toMatchObject({ ...shelves, standing: expect.any(String) });
  });

  it('leaves them all when it is hidden, keeps what people gave it, and comes back with it', () => {
    const liked = { ...entry, points: 7 };
    const hidden = entryOf({ ...video, visibility: 'private', version: 4 }, liked) as Entry;
    expect([shelvesOf(hidden), hidden.points]).toEqual([{}, 7]);
    const back = entryOf({ ...video, version: 5 }, hidden) as Entry;
    expect(shelvesOf(back)).toEqual(shelvesOf(liked));
  });

  it('is not made of a record that is as old or older, nor of a video that has never been in a list', () => {
    expect(entryOf({ ...video, title: 'Late' }, entry)).toBeUndefined();
    expect(entryOf({ ...video, title: 'Later', version: 2 }, entry)).toBeUndefined();
    expect(entryOf({ ...video, visibility: 'unlisted' }, undefined)).toBeUndefined();
    expect(entryOf({ ...video, state: 'deleted' }, undefined)).toBeUndefined();
  });

  it('shows the same whatever else changes in the record', () => {
    const progressed = entryOf({ ...video, progress: 0.5, version: 9, updatedAt: 77 }, undefined);
    expect(showsTheSame(entry, progressed)).toBe(true);
    expect(showsTheSame(entry, entryOf({ ...video, title: 'New', version: 9 }, undefined))).toBe(false);
  });
});

describe('heat', () => {
  it('halves in a day: of two videos the order stays what it is, and twice as much makes up for a day', () => {
    expect(heat(0, 0)).toBeUndefined();
    const [young, old] = [heat(99, 24 * hour) ?? 0, heat(199, 0) ?? 0];
    expect(young).toBe(old);
    expect(heat(100, 24 * hour)).toBeGreaterThanOrEqual(young);
    expect(heat(220, 0)).toBeGreaterThan(young);
  });

  it('rises with points and with time', () => {
    const many = fc.integer({ min: 1, max: 10 ** 7 });
    fc.assert(
      fc.property(many, many, fc.integer({ min: 0, max: 2 ** 41 }), (a, b, at) => {
        const [x = 0, y = 0] = [heat(Math.min(a, b), at), heat(Math.max(a, b), at)];
        expect(x).toBeLessThanOrEqual(y);
        expect(heat(a, at + 48 * hour)).toBeGreaterThan(heat(a, at) ?? 0);
        expect(positionOf(y, video.videoId)).toContain(String(y));
      }),
    );
  });

  it('a comment counts more than a like', () => {
    expect(pointsFor({ likes: 3, comments: 2 })).toBe(7);
  });
});

describe('several lists as one', () => {
  it('page by page: everything once, newest first, as if it were one list', () => {
    const list = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(list, { maxLength: 8 }), fc.integer({ min: 1, max: 7 }), (numbers, limit) => {
        const lists = numbers.map((list) =>
          list
            .map((n) => ({ position: positionOf(n, newVideoId()) }))
            .sort((a, b) => (a.position < b.position ? 1 : -1)),
        );
        const all = lists.flat().map(({ position }) => position);
        const read: string[] = [];
        let below: string | null = '~';
        while (below !== null) {
          const asked: string = below;
          const pages = lists.map((list) => list.filter(({ position }) => position < asked).slice(0, limit));
          const merged = mergeNewest(pages, limit);
          expect(merged.items.length).toBeLessThanOrEqual(limit);
          read.push(...merged.items.map(({ position }) => position));
          below = merged.cursor;
        }
        expect(read).toEqual(all.toSorted().reverse());
      }),
    );
  });
});
