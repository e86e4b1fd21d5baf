import type { Command } from 'commander';
import open from 'open';
import { VideoId } from '../../domain/ids.ts';
import { isSettled } from '../../domain/video/life-cycle.ts';
import { Failure } from '../failure.ts';
import { follow, stateLine, type VideoStatus } from '../follow.ts';
import { printJson, printLine, run } from '../output.ts';
import { type Client, signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';

export const pageUrl = (site: string, videoId: VideoId) => `${site}/watch/${videoId}`;

export function parseId(given: string): VideoId {
  const parsed = VideoId.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Failure('id-invalid', `"${given}" is not the id of a video. See: sluice list`);
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

interface Options {
  json?: true;
  watch?: true;
  site?: string;
}

export function addVideoCommands(program: Command): void {
  program
    .command('status')
    .description('what a video of yours is doing')
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
        if (options.json) printJson({ ...video, page: pageUrl(site, videoId) });
        else
          printLine(
            [
              video.title,
              stateLine(video),
              ...(video.reason ? [video.reason.sentence] : []),
              pageUrl(site, videoId),
            ].join('\n'),
          );
      }),
    );

  program
    .command('list')
    .description('your videos, newest first')
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site they are on')
    .action((options: Options) =>
      run(options.json, async () => {
        const videos = await allVideos(signedInClient(await chooseSite(options.site)));
        if (options.json) printJson({ videos });
        else if (videos.length === 0) printLine('No videos yet. Send one: sluice upload FILE');
        else for (const video of videos) printLine(`${video.videoId}  ${video.state.padEnd(10)}  ${video.title}`);
      }),
    );

  program
    .command('open')
    .description('open a video in the browser')
    .argument('<id>', 'id of the video')
    .option('--site <url>', 'the site it is on')
    .action((id: string, options: Options) =>
      run(false, async () => {
        const url = pageUrl(await chooseSite(options.site), parseId(id));
        printLine(url);
        const opener = await open(url);
        // Without a browser on this machine the address above is all there is to do.
        opener.on('error', () => {});
      }),
    );
}
