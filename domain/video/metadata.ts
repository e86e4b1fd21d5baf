import * as z from 'zod';
import { Line, Paragraphs } from '../text.ts';

/** What a creator tells about a video, beside its title. */
export const Description = Paragraphs(5000);

export const maxTags = 30;

/** Words that a video is found by: as written, each once whatever its case. */
export const Tags = z
  .array(Line(50))
  .max(maxTags)
  .refine((tags) => new Set(tags.map((tag) => tag.toLowerCase())).size === tags.length, 'names a tag twice');

/** The registry of categories, by what people see. */
export const categories = {
  animals: 'Animals',
  comedy: 'Comedy',
  education: 'Education',
  entertainment: 'Entertainment',
  film: 'Film and animation',
  gaming: 'Gaming',
  howto: 'How-to and style',
  music: 'Music',
  news: 'News and politics',
  people: 'People',
  science: 'Science and technology',
  sports: 'Sports',
  travel: 'Travel',
  vehicles: 'Vehicles',
} as const;
export const Category = z.enum(Object.keys(categories) as [keyof typeof categories, ...(keyof typeof categories)[]]);
export type Category = z.infer<typeof Category>;

/** The registry of licences: what others may do with a video, and where that is written. */
export const licences = {
  'all-rights-reserved': { name: 'All rights reserved', url: null },
  'cc0-1.0': { name: 'CC0: public domain', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
  'cc-by-4.0': { name: 'Creative Commons Attribution', url: 'https://creativecommons.org/licenses/by/4.0/' },
  'cc-by-sa-4.0': {
    name: 'Creative Commons Attribution-ShareAlike',
    url: 'https://creativecommons.org/licenses/by-sa/4.0/',
  },
  'cc-by-nc-4.0': {
    name: 'Creative Commons Attribution-NonCommercial',
    url: 'https://creativecommons.org/licenses/by-nc/4.0/',
  },
  'cc-by-nd-4.0': {
    name: 'Creative Commons Attribution-NoDerivatives',
    url: 'https://creativecommons.org/licenses/by-nd/4.0/',
  },
} as const;
export const Licence = z.enum(Object.keys(licences) as [keyof typeof licences, ...(keyof typeof licences)[]]);
export type Licence = z.infer<typeof Licence>;

/** No source is longer than 24 hours (docs/decisions/0020). */
const maxStartSeconds = 24 * 3600;

/** A chapter begins at `startSeconds` of the video and lasts until the next one, or the end. */
export const Chapter = z.object({
  startSeconds: z.number().min(0).max(maxStartSeconds),
  title: Line(100),
});
export type Chapter = z.infer<typeof Chapter>;
export const Chapters = z.array(Chapter).max(100);
