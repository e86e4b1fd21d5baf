import * as z from 'zod';
import { type Problem, problem } from '../api/problems.ts';
import { canonicalLanguage, LanguageTag } from '../media/captions/captions.ts';
import { chapterFault } from './chapters.ts';
import { Category, Chapters, Description, Licence, maxTags, Tags } from './metadata.ts';
import { publicationOf, tellAgainAfterMs } from './publication.ts';
import { Title, type Video, Visibility } from './video.ts';

/** The last instant that JavaScript can name. */
const PublishAt = z.int().nonnegative().max(8.64e15);

/** What a creator may change of a video: what is named changes, `null` takes it away. */
export const VideoEdit = z.strictObject({
  title: Title.optional(),
  description: Description.nullable().optional(),
  tags: Tags.nullable().optional(),
  category: Category.nullable().optional(),
  /** BCP 47: what is spoken in it. */
  language: LanguageTag.nullable().optional(),
  licence: Licence.nullable().optional(),
  chapters: Chapters.nullable().optional(),
  visibility: Visibility.optional(),
  /** In the future, in milliseconds since the epoch; `null`: at once. */
  publishAt: PublishAt.nullable().optional(),
});
export type VideoEdit = z.infer<typeof VideoEdit>;

/** One change of many videos. */
export const BulkEdit = VideoEdit.pick({
  category: true,
  language: true,
  licence: true,
  visibility: true,
  publishAt: true,
}).extend({
  addTags: Tags.optional(),
  /** Whatever their case. */
  removeTags: Tags.optional(),
});
export type BulkEdit = z.infer<typeof BulkEdit>;

const removable = ['description', 'tags', 'category', 'language', 'licence', 'chapters', 'publishAt'] as const;
type Removable = (typeof removable)[number];
type Editable = Removable | 'title' | 'visibility';

/** What a record becomes by an edit. */
export interface Edited {
  readonly set: Partial<Pick<Video, Editable | 'publishedAt' | 'publicationAt'>>;
  readonly remove: readonly (Removable | 'publicationAt')[];
}

const refused = (path: string, message: string): Problem =>
  problem('invalid-request', `${path}: ${message}`, { errors: [{ in: 'body', path, message }] });

/** What is wrong with an edit, beyond its form: by the record, and by the clock. */
function faultOf(video: Video, edit: VideoEdit, now: number): Problem | undefined {
  const { chapters, publishAt } = edit;
  const fault = chapters && chapterFault(chapters, video.durationSeconds);
  if (fault) return refused(`chapters.${fault.index}.startSeconds`, fault.sentence);
  if (typeof publishAt === 'number' && publishAt !== video.publishAt && publishAt <= now)
    return refused('publishAt', 'This time has passed. Choose one in the future, or null to publish at once.');
  return undefined;
}

const isEmpty = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * What the record becomes by an edit at `now` (ms); nothing if it says what is so already. A video that everybody can watch
 * by it is published by it, in the same write.
 */
export function edited(video: Video, edit: VideoEdit, now: number): Edited | Problem {
  const fault = faultOf(video, edit, now);
  if (fault) return fault;
  const wanted: VideoEdit = {
    ...edit,
    ...(edit.language && { language: canonicalLanguage(edit.language) ?? edit.language }),
  };
  const set: Record<string, unknown> = {};
  const remove: Removable[] = [];
  for (const [field, value] of Object.entries(wanted) as [Editable, unknown][]) {
    if (value === undefined) continue;
    const isThere = video[field] !== undefined;
    if (isEmpty(value)) {
      if (isThere) remove.push(field as Removable);
    } else if (JSON.stringify(value) !== JSON.stringify(video[field])) set[field] = value;
  }
  return published(video, { set, remove }, now);
}

/** The edit with what follows from it for the publication. */
function published(video: Video, { set, remove }: Edited, now: number): Edited {
  const after: Video = { ...video, ...set };
  for (const field of remove) delete after[field];
  const publication = publicationOf(after, now);
  if (publication.is === 'published') return { set, remove };
  // Not since it was playable: until now nobody else could see it.
  if (publication.is === 'due')
    return { set: { ...set, publishedAt: now, publicationAt: now + tellAgainAfterMs }, remove };
  if (publication.is === 'scheduled')
    return {
      set: { ...set, ...(publication.at !== video.publicationAt && { publicationAt: publication.at }) },
      remove,
    };
  return { set, remove: video.publicationAt === undefined ? remove : [...remove, 'publicationAt'] };
}

/** The edit that one change of many comes to for one of them. */
export function bulkEdit(video: Video, { addTags = [], removeTags = [], ...edit }: BulkEdit): VideoEdit | Problem {
  if (addTags.length + removeTags.length === 0) return edit;
  const lower = (tag: string) => tag.toLowerCase();
  const without = new Set(removeTags.map(lower));
  const kept = (video.tags ?? []).filter((tag) => !without.has(lower(tag)));
  const has = new Set(kept.map(lower));
  const tags = [...kept, ...addTags.filter((tag) => !has.has(lower(tag)))];
  return tags.length > maxTags ? refused('addTags', `A video may have ${maxTags} tags.`) : { ...edit, tags };
}

export const changesNothing = ({ set, remove }: Edited): boolean => Object.keys(set).length + remove.length === 0;
