import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../../../domain/api/problems.ts';
import { bulkEdit, changesNothing, edited } from '../../../../domain/video/edit.ts';
import { listing, publicationOf } from '../../../../domain/video/publication.ts';
import { Video, VideoState, Visibility } from '../../../../domain/video/video.ts';
import { mayWatch } from '../../../../domain/video/visibility.ts';

const video = Video.parse({
  videoId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ownerId: 'aaaaaaaa-0000-4000-8000-000000000001',
  title: 'Holiday',
  visibility: 'private',
  state: 'ready',
  attempt: 1,
  version: 1,
  createdAt: 1,
  updatedAt: 1,
  playableAt: 10,
  readyAt: 20,
});
const now = 1000;
const instant = fc.integer({ min: 0, max: 2 * now });
const some = fc
  .record({
    visibility: fc.constantFrom(...Visibility.options),
    state: fc.constantFrom(...VideoState.options),
    publishAt: fc.option(instant, { nil: undefined }),
    publishedAt: fc.option(fc.integer({ min: 0, max: now }), { nil: undefined }),
    playableAt: fc.option(fc.integer({ min: 0, max: now }), { nil: undefined }),
    readyAttempt: fc.option(fc.constant(1), { nil: undefined }),
  })
  .map((fields): Video => Video.parse({ ...video, attempt: 2, ...fields }));

describe('what stands in lists', () => {
  it('is what everybody may watch, from its time on', () => {
    fc.assert(
      fc.property(some, (it) => {
        const listed = listing(it);
        if (listed === undefined) return;
        expect(it.visibility).toBe('public');
        expect(mayWatch(it, undefined, listed.listedAt)).toBe(true);
        expect(listed.listedAt).toBeGreaterThanOrEqual(it.publishAt ?? 0);
      }),
    );
  });

  it('comes at the later of its time and the moment it could first be watched', () => {
    const shown = { ...video, visibility: 'public' } as const;
    expect(listing(shown)).toEqual({ listedAt: 10 });
    expect(listing({ ...shown, publishAt: 500 })).toEqual({ listedAt: 500 });
    expect(listing({ ...shown, publishedAt: 7 })).toEqual({ listedAt: 7 });
    // Processed anew, it stays where it was.
    expect(listing({ ...shown, state: 'processing', attempt: 2, readyAttempt: 1, publishedAt: 7 })).toEqual({
      listedAt: 7,
    });
    for (const state of ['draft', 'uploading', 'processing', 'blocked', 'deleted', 'failed'] as const)
      expect(listing({ ...shown, state })).toBeUndefined();
  });
});

describe('an edit', () => {
  const change = (of: Video, edit: Parameters<typeof edited>[1], at = now) => {
    const outcome = edited(of, edit, at);
    if (isProblem(outcome)) throw new Error(outcome.detail);
    return outcome;
  };
  const recordAfter = (of: Video, edit: Parameters<typeof edited>[1], at = now) => {
    const { set, remove } = change(of, edit, at);
    const record: Video = { ...of, ...set };
    for (const field of remove) delete record[field];
    return record;
  };

  it('publishes exactly what everybody can watch after it and could never before', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...Visibility.options), (of, visibility) => {
        const record = recordAfter(of, { visibility });
        if (of.publishedAt !== undefined) expect(record.publishedAt).toBe(of.publishedAt);
        else expect(record.publishedAt).toBe(publicationOf({ ...of, visibility }, now).is === 'due' ? now : undefined);
      }),
    );
  });

  it('that sets a time marks it for that time; one that takes it back unmarks it', () => {
    const scheduled = recordAfter(video, { visibility: 'public', publishAt: 2000 });
    expect(scheduled).toMatchObject({ publishAt: 2000, publicationAt: 2000 });
    expect(scheduled.publishedAt).toBeUndefined();
    expect(publicationOf(scheduled, now)).toEqual({ is: 'scheduled', at: 2000 });
    expect(publicationOf(scheduled, 2000)).toEqual({ is: 'due', at: 2000 });
    expect(recordAfter(scheduled, { publishAt: 3000 }).publicationAt).toBe(3000);
    const hidden = recordAfter(scheduled, { visibility: 'private', publishAt: null });
    expect([hidden.publishAt, hidden.publicationAt]).toEqual([undefined, undefined]);
    expect(recordAfter(scheduled, { publishAt: null })).toMatchObject({ publishedAt: now });
  });

  it('refuses a time that has passed, unless it is the one that is there', () => {
    expect(edited(video, { publishAt: now }, now)).toMatchObject({
      code: 'invalid-request',
      extra: { errors: [{ in: 'body', path: 'publishAt' }] },
    });
    expect(changesNothing(change({ ...video, publishAt: 5 }, { publishAt: 5 }))).toBe(true);
  });

  it('refuses chapters by the length of the video, with the place of the fault', () => {
    const chapters = [
      { startSeconds: 0, title: 'a' },
      { startSeconds: 9, title: 'b' },
    ];
    expect(edited({ ...video, durationSeconds: 9 }, { chapters }, now)).toMatchObject({
      extra: { errors: [{ path: 'chapters.1.startSeconds' }] },
    });
    expect(recordAfter({ ...video, durationSeconds: 9.5 }, { chapters }).chapters).toEqual(chapters);
  });

  it('writes a language as BCP 47 does, and nothing twice', () => {
    const spoken = recordAfter(video, { language: 'PT-br' });
    expect(spoken.language).toBe('pt-BR');
    expect(changesNothing(change(spoken, { language: 'pt-br', title: 'Holiday' }))).toBe(true);
  });

  it('of many adds and takes tags whatever their case, and says where there would be too many', () => {
    const tagged = { ...video, tags: ['Sea', 'Sun'] };
    expect(bulkEdit(tagged, { addTags: ['SUN', 'moon'], removeTags: ['sea'] })).toEqual({ tags: ['Sun', 'moon'] });
    expect(bulkEdit(tagged, { category: 'film' })).toEqual({ category: 'film' });
    const many = Array.from({ length: 29 }, (_, i) => `tag ${i}`);
    expect(isProblem(bulkEdit(tagged, { addTags: many }))).toBe(true);
  });
});
