import { chapterFault, formatStart, parseStart } from '../../../domain/video/chapters.ts';
import type { VideoEdit } from '../../../domain/video/edit.ts';
import { type Category, type Chapter, Chapter as ChapterSchema, type Licence } from '../../../domain/video/metadata.ts';
import type { Visibility } from '../../../domain/video/video.ts';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';

/** A chapter as it is being written. */
export interface ChapterRow {
  readonly start: string;
  readonly title: string;
}

/** What is told of a video, as a form has it. */
export interface VideoForm {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly category: Category | null;
  readonly language: string | null;
  readonly licence: Licence | null;
  readonly visibility: Visibility;
  /** A time to come, in ms since the epoch; null: at once. */
  readonly publishAt: number | null;
  readonly chapters: readonly ChapterRow[];
}
export type Field = keyof VideoForm;

export const fieldNames: Readonly<Record<Field, string>> = {
  title: 'Title',
  description: 'Description',
  tags: 'Tags',
  category: 'Category',
  language: 'Language',
  licence: 'Licence',
  visibility: 'Who may watch it',
  publishAt: 'Publication',
  chapters: 'Chapters',
};
const fields = Object.keys(fieldNames) as Field[];

export const rowsOf = (chapters: readonly Chapter[]): ChapterRow[] =>
  chapters.map(({ startSeconds, title }) => ({ start: formatStart(startSeconds), title }));

/** A video as a form has it. A time that has passed is none: the video is out. */
export const formOf = (video: CreatorVideo, now: number): VideoForm => ({
  title: video.title,
  description: video.description ?? '',
  tags: video.tags,
  category: video.category,
  language: video.language,
  licence: video.licence,
  visibility: video.visibility,
  publishAt: video.publishAt !== null && video.publishAt > now ? video.publishAt : null,
  chapters: rowsOf(video.chapters),
});

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The fields in which two forms differ. */
export const changedFields = (base: VideoForm, form: VideoForm): Field[] =>
  fields.filter((field) => !same(base[field], form[field]));

export interface RowFault {
  readonly index: number;
  readonly sentence: string;
}

/** The chapters that the rows make, or which row cannot be one. */
export function chaptersOf(rows: readonly ChapterRow[], durationSeconds: number | null): Chapter[] | RowFault {
  const chapters: Chapter[] = [];
  for (const [index, { start, title }] of rows.entries()) {
    const startSeconds = parseStart(start);
    if (startSeconds === undefined) return { index, sentence: 'The time must be like 1:30 or 1:02:03.' };
    const chapter = ChapterSchema.safeParse({ startSeconds, title });
    if (!chapter.success) return { index, sentence: 'A chapter needs a title of at most 100 characters.' };
    chapters.push(chapter.data);
  }
  return chapterFault(chapters, durationSeconds ?? undefined) ?? chapters;
}

/** What is to be sent: what differs from `base`, and nothing else. */
export function editOf(base: VideoForm, form: VideoForm, durationSeconds: number | null): VideoEdit | RowFault {
  const edit: VideoEdit = {};
  for (const field of changedFields(base, form)) {
    if (field === 'chapters') {
      const chapters = chaptersOf(form.chapters, durationSeconds);
      if (!Array.isArray(chapters)) return chapters;
      edit.chapters = chapters.length > 0 ? chapters : null;
    } else if (field === 'tags') edit.tags = [...form.tags];
    else Object.assign(edit, { [field]: form[field] });
  }
  return edit;
}

/** Two who changed a video at the same time: what each made of it since `base`. */
export interface Merged {
  /** Theirs, with mine where only I changed something, or both did. */
  readonly form: VideoForm;
  /** What both changed, to different values. */
  readonly conflicts: readonly Field[];
}

export function merged(base: VideoForm, mine: VideoForm, theirs: VideoForm): Merged {
  const byMe = new Set(changedFields(base, mine));
  const byThem = new Set(changedFields(base, theirs));
  const form: VideoForm = Object.assign(
    { ...theirs },
    Object.fromEntries([...byMe].map((field) => [field, mine[field]])),
  );
  return { form, conflicts: [...byMe].filter((field) => byThem.has(field) && !same(mine[field], theirs[field])) };
}

/** The form with `from`'s value in these fields. */
export const withFields = (form: VideoForm, from: VideoForm, which: readonly Field[]): VideoForm =>
  Object.assign({ ...form }, Object.fromEntries(which.map((field) => [field, from[field]])));
