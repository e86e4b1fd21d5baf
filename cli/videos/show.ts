import type { Command } from 'commander';
import { formatChapterLines } from '../../domain/video/chapters.ts';
import { isSettled } from '../../domain/video/life-cycle.ts';
import { categories, licences } from '../../domain/video/metadata.ts';
import { follow, stateLine, type VideoStatus } from '../follow.ts';
import { printJson, printLine, run } from '../output.ts';
import { signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';
import { duration } from '../upload/progress.ts';
import { pageUrl, parseId } from './ids.ts';
import { formatInstant } from './instants.ts';

interface Options {
  watch?: true;
  json?: true;
  site?: string;
}

const lines = (...given: readonly (string | false | null | undefined)[]) =>
  given.filter((line) => typeof line === 'string').join('\n');

/** What its creator tells of a video, as far as they do. */
const told = (video: VideoStatus) =>
  lines(
    video.durationSeconds !== null && `Length       ${duration(video.durationSeconds)}`,
    `Who          ${video.visibility}`,
    video.publishAt !== null && `Scheduled    ${formatInstant(video.publishAt)}`,
    video.publishedAt !== null && `Published    ${formatInstant(video.publishedAt)}`,
    video.category && `Category     ${categories[video.category]}`,
    video.tags.length > 0 && `Tags         ${video.tags.join(', ')}`,
    video.language && `Language     ${video.language}`,
    video.licence && `Licence      ${licences[video.licence].name}`,
    video.description && `\n${video.description}`,
    video.chapters.length > 0 && `\n${formatChapterLines(video.chapters)}`,
  );

/** One video. `all`: with what is told of it, beside what it is doing. */
export const showing = (command: Command, { all }: { readonly all: boolean }): Command =>
  command
    .description(all ? 'all that is told of a video of yours' : 'what a video of yours is doing')
    .argument('<id>', 'id of the video')
    .option('--watch', 'stay until nothing more will happen')
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site it is on')
    .action((id: string, options: Options) =>
      run(options.json, async () => {
        const videoId = parseId(id);
        const site = await chooseSite(options.site);
        const client = signedInClient(site);
        const video = options.watch
          ? await follow(client, videoId, ({ state }) => isSettled(state))
          : await client.content.getVideo({ params: { videoId } });
        const page = pageUrl(site, videoId);
        if (options.json) printJson({ ...video, page });
        else printLine(lines(video.title, stateLine(video), video.reason?.sentence, page, all && told(video)));
      }),
    );
