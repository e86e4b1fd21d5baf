import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreatorVideo } from '../../../../lambdas/content/routes.ts';
import {
  changedFields,
  editOf,
  formOf,
  merged,
  type VideoForm,
  withFields,
} from '../../../../web/studio/video/edit-form.ts';
import { fromLocalInput, toLocalInput } from '../../../../web/studio/video/local-time.ts';

const now = 1_000_000;
const video = {
  title: 'Holiday',
  description: null,
  tags: ['sea'],
  category: 'travel',
  language: 'en',
  licence: null,
  visibility: 'private',
  publishAt: null,
  chapters: [{ startSeconds: 0, title: 'There' }],
} as unknown as CreatorVideo;
const base = formOf(video, now);

const forms = fc.record({
  title: fc.constantFrom('Holiday', 'Sea', 'Home'),
  description: fc.constantFrom('', 'By the sea'),
  tags: fc.constantFrom(['sea'], ['sea', 'sun'], []),
  category: fc.constantFrom('travel', null),
  language: fc.constantFrom('en', 'de', null),
  licence: fc.constantFrom('cc0-1.0', null),
  visibility: fc.constantFrom('private', 'public'),
  publishAt: fc.constantFrom(null, now + 1),
  chapters: fc.constantFrom([{ start: '0:00', title: 'There' }], []),
}) as fc.Arbitrary<VideoForm>;

describe('what is sent', () => {
  it('is what was changed, and nothing else', () => {
    fc.assert(
      fc.property(forms, (form) => {
        expect(Object.keys(editOf(base, form, 60)).toSorted()).toEqual(changedFields(base, form).toSorted());
      }),
    );
    expect(editOf(base, { ...base, chapters: [], category: null }, 60)).toEqual({ chapters: null, category: null });
  });

  it('is nothing while a chapter is not one', () => {
    const chapters = [...base.chapters, { start: '1:00', title: 'Back' }];
    expect(editOf(base, { ...base, chapters }, 60)).toMatchObject({ index: 1 });
    expect(editOf(base, { ...base, chapters: [{ start: 'x', title: 'a' }] }, 60)).toMatchObject({ index: 0 });
    expect(editOf(base, { ...base, chapters }, 61)).toMatchObject({ chapters: [{}, { startSeconds: 60 }] });
  });

  it('knows no time that has passed: the video is out', () => {
    expect(formOf({ ...video, publishAt: now }, now).publishAt).toBeNull();
    expect(formOf({ ...video, publishAt: now + 1 }, now).publishAt).toBe(now + 1);
  });
});

describe('two who change a video at once', () => {
  it('lose nothing that only one of them changed', () => {
    fc.assert(
      fc.property(forms, forms, (mine, theirs) => {
        const both = merged(base, mine, theirs);
        for (const field of changedFields(base, mine)) expect(both.form[field]).toEqual(mine[field]);
        for (const field of changedFields(base, theirs))
          if (!changedFields(base, mine).includes(field)) expect(both.form[field]).toEqual(theirs[field]);
      }),
    );
  });

  it('are asked exactly where both wanted different things', () => {
    fc.assert(
      fc.property(forms, forms, (mine, theirs) => {
        const { conflicts, form } = merged(base, mine, theirs);
        const changedByBoth = changedFields(base, mine).filter((field) => changedFields(base, theirs).includes(field));
        expect(conflicts).toEqual(changedByBoth.filter((field) => changedFields(mine, theirs).includes(field)));
        expect(changedFields(withFields(form, theirs, conflicts), theirs)).toEqual(
          changedFields(base, mine).filter((field) => !changedByBoth.includes(field)),
        );
      }),
    );
  });
});

it('a time is the same one after it has been in a field', () => {
  const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(instant, (at) => {
      const shown = toLocalInput(at);
      // Not the instant itself: an hour that a zone has twice a year is written alike.
      expect(toLocalInput(fromLocalInput(shown) ?? 0)).toBe(shown);
    }),
  );
  expect(fromLocalInput('')).toBeUndefined();
});
