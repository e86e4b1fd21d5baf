import { type Command, Option } from 'commander';
import { VideoState, Visibility } from '../../domain/video/video.ts';
import type { VideoStatus } from '../follow.ts';
import { printJson, printLine, run } from '../output.ts';
import { type Client, signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';
import { duration } from '../upload/progress.ts';

interface Options {
  state?: VideoState;
  visibility?: Visibility;
  json?: true;
  site?: string;
}

async function allVideos(client: Client): Promise<VideoStatus[]> {
  const videos: VideoStatus[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await client.content.listCreatorVideos({ query: { limit: 100, ...(cursor ? { cursor } : {}) } });
    videos.push(...page.videos);
    cursor = page.cursor;
  } while (cursor);
  return videos;
}

/** The title comes last: of all columns it alone may be of any width. */
const columns: readonly (readonly [name: string, width: number, of: (video: VideoStatus) => string])[] = [
  ['ID', 26, ({ videoId }) => videoId],
  ['STATE', 10, ({ state }) => state],
  ['WHO', 8, ({ visibility }) => visibility],
  ['LENGTH', 8, ({ durationSeconds }) => (durationSeconds === null ? '' : duration(durationSeconds)).padStart(8)],
  ['MADE', 10, ({ createdAt }) => new Date(createdAt).toLocaleDateString('sv')],
  ['TITLE', 0, ({ title }) => title],
];
const tableLine = (cell: (column: (typeof columns)[number]) => string) =>
  columns.map((column) => cell(column).padEnd(column[1])).join('  ');

/** The caller's videos as a table. Makes `videos list` of a command, and its short form. */
export const listing = (command: Command): Command =>
  command
    .description('your videos, newest first')
    .addOption(new Option('--state <state>', 'only those in this state').choices(VideoState.options))
    .addOption(new Option('--visibility <who>', 'only those that these may watch').choices(Visibility.options))
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site they are on')
    .action(({ state, visibility, json, site }: Options) =>
      run(json, async () => {
        const all = await allVideos(signedInClient(await chooseSite(site)));
        const videos = all.filter(
          (video) =>
            (state === undefined || video.state === state) &&
            (visibility === undefined || video.visibility === visibility),
        );
        if (json) printJson({ videos });
        else if (all.length === 0) printLine('No videos yet. Send one: sluice upload FILE');
        else if (videos.length === 0) printLine(`None of your ${all.length} videos is like that.`);
        else {
          printLine(tableLine(([name]) => name));
          for (const video of videos) printLine(tableLine(([, , of]) => of(video)));
        }
      }),
    );
