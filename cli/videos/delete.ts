import type { Command } from 'commander';
import type { VideoId } from '../../domain/ids.ts';
import { Failure } from '../failure.ts';
import { printJson, printLine, run } from '../output.ts';
import { type Client, signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';
import { parseId } from './ids.ts';

interface Options {
  now?: true;
  json?: true;
  site?: string;
}

/** The service takes so many at a time. */
const atATime = 50;

async function inTurns(
  ids: readonly VideoId[],
  call: (videoIds: VideoId[]) => Promise<{ done: VideoId[]; refused: VideoId[] }>,
) {
  const done: VideoId[] = [];
  const refused: VideoId[] = [];
  for (let from = 0; from < ids.length; from += atATime) {
    const outcome = await call(ids.slice(from, from + atATime));
    done.push(...outcome.done);
    refused.push(...outcome.refused);
  }
  return { done, refused };
}

/** @throws Failure that names those that were refused, once the others have been told. */
function tell(json: true | undefined, outcome: { done: VideoId[]; refused: VideoId[] }, sentence: string): void {
  if (json) printJson(outcome);
  else for (const videoId of outcome.done) printLine(`${videoId}  ${sentence}`);
  if (outcome.refused.length === 0) return;
  if (json) process.exitCode = 1;
  else throw new Failure('video-not-found', `Not yours, or not there: ${outcome.refused.join(', ')}`);
}

const deleteAll = (client: Client, ids: readonly VideoId[]) =>
  inTurns(ids, (videoIds) => client.content.deleteVideos({ body: { videoIds } }));

export const deleting = (command: Command): Command =>
  command
    .description('delete videos: for 30 days they can be had back')
    .argument('<id...>', 'ids of the videos')
    .option('--now', 'for good: they cannot be had back')
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site they are on')
    .action((given: string[], { now, json, site }: Options) =>
      run(json, async () => {
        const ids = given.map(parseId);
        const client = signedInClient(await chooseSite(site));
        const outcome = await deleteAll(client, ids);
        if (now) for (const videoId of outcome.done) await client.content.purgeVideo({ params: { videoId } });
        tell(json, outcome, now ? 'is gone for good.' : 'is deleted. To have it back: sluice videos restore ID');
      }),
    );

export const restoring = (command: Command): Command =>
  command
    .description('have deleted videos back as they were')
    .argument('<id...>', 'ids of the videos')
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site they are on')
    .action((given: string[], { json, site }: Options) =>
      run(json, async () => {
        const ids = given.map(parseId);
        const client = signedInClient(await chooseSite(site));
        const outcome = await inTurns(ids, (videoIds) => client.content.restoreVideos({ body: { videoIds } }));
        tell(json, outcome, 'is back.');
      }),
    );

async function allDeleted(client: Client) {
  const videos: Awaited<ReturnType<Client['content']['listDeletedVideos']>>['videos'] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.content.listDeletedVideos({ query: { limit: 100, cursor } });
    videos.push(...page.videos);
    if (page.cursor === null) return videos;
    cursor = page.cursor;
  }
}

export const showingTrash = (command: Command): Command =>
  command
    .description('your deleted videos, and until when they can be had back')
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site they are on')
    .action(({ json, site }: Options) =>
      run(json, async () => {
        const videos = await allDeleted(signedInClient(await chooseSite(site)));
        if (json) printJson({ videos });
        else if (videos.length === 0) printLine('Nothing is deleted.');
        else
          for (const { videoId, purgeAt, title } of videos)
            printLine(`${videoId}  until ${new Date(purgeAt).toLocaleDateString('sv')}  ${title}`);
      }),
    );
