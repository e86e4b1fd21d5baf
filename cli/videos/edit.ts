import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { parseChapterLines } from '../../domain/video/chapters.ts';
import { VideoEdit } from '../../domain/video/edit.ts';
import { Category, Licence } from '../../domain/video/metadata.ts';
import { Visibility } from '../../domain/video/video.ts';
import { Failure } from '../failure.ts';
import { printJson, printLine, run } from '../output.ts';
import { signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';
import { pageUrl, parseId } from './ids.ts';
import { formatInstant, parseInstant } from './instants.ts';

const clearable = ['description', 'tags', 'category', 'language', 'licence', 'chapters'] as const;

interface Options {
  title?: string;
  description?: string;
  descriptionFile?: string;
  tag?: string[];
  category?: Category;
  language?: string;
  licence?: Licence;
  visibility?: Visibility;
  /** Null: at once. */
  publishAt?: number | null;
  chaptersFile?: string;
  clear?: (typeof clearable)[number][];
  json?: true;
  site?: string;
}

/** The text of a file, or of standard input for `-`. @throws Failure if it cannot be read. */
async function textOf(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', `${file} cannot be read: ${(error as Error).message}`);
  }
}

async function chaptersOf(file: string) {
  const chapters = parseChapterLines(await textOf(file));
  if ('line' in chapters) throw new Failure('chapters-invalid', chapters.sentence);
  return chapters;
}

/** The edit that was asked for. @throws Failure if there is none, or it cannot be one. */
async function editOf(options: Options): Promise<VideoEdit> {
  const { title, description, descriptionFile, tag, category, language, licence, visibility, publishAt } = options;
  const asked = {
    ...Object.fromEntries((options.clear ?? []).map((field) => [field, null])),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(descriptionFile !== undefined && { description: await textOf(descriptionFile) }),
    ...(tag && { tags: tag }),
    ...(category && { category }),
    ...(language !== undefined && { language }),
    ...(licence && { licence }),
    ...(visibility && { visibility }),
    ...(publishAt !== undefined && { publishAt }),
    ...(options.chaptersFile !== undefined && { chapters: await chaptersOf(options.chaptersFile) }),
  };
  if (Object.keys(asked).length === 0)
    throw new Failure('nothing-to-change', 'Say what to change. What there is: sluice videos edit --help');
  const edit = VideoEdit.safeParse(asked);
  if (edit.success) return edit.data;
  const [issue] = edit.error.issues;
  throw new Failure('edit-invalid', `${issue?.path.join('.')}: ${issue?.message}`);
}

export const editing = (command: Command): Command =>
  command
    .description('change what is told of a video, who may watch it, and from when on')
    .argument('<id>', 'id of the video')
    .option('--title <title>', 'its title')
    .option('--description <text>', 'its description')
    .addOption(
      new Option('--description-file <file>', 'its description, from a file; - reads standard input').conflicts(
        'description',
      ),
    )
    .option('--tag <tag...>', 'its tags: all of them')
    .addOption(new Option('--category <category>', 'its category').choices(Category.options))
    .option('--language <tag>', 'what is spoken in it, such as en or pt-BR')
    .addOption(new Option('--licence <licence>', 'what others may do with it').choices(Licence.options))
    .addOption(new Option('--visibility <who>', 'who may watch it').choices(Visibility.options))
    .option(
      '--publish-at <time>',
      'until then it is yours alone: 2026-12-24T18:00 of this machine’s time, or now',
      parseInstant,
    )
    .option('--chapters-file <file>', 'its chapters, a line each such as "1:30 The sea"; - reads standard input')
    .addOption(new Option('--clear <field...>', 'take away what is told').choices(clearable))
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site it is on')
    .action((id: string, options: Options) =>
      run(options.json, async () => {
        const videoId = parseId(id);
        const body = await editOf(options);
        const site = await chooseSite(options.site);
        const video = await signedInClient(site).content.updateVideo({ params: { videoId }, body });
        const page = pageUrl(site, videoId);
        const when = body.publishAt ? `, from ${formatInstant(body.publishAt)} on` : '';
        if (options.json) printJson({ ...video, page });
        else printLine(`Saved: “${video.title}”, ${video.visibility}${when}. ${page}`);
      }),
    );
