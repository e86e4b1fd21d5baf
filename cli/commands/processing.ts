import { type Command, Option } from 'commander';
import { waitFor } from '../follow.ts';
import { printJson, printLine, run } from '../output.ts';
import { type Client, signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';
import { pageUrl, parseId } from '../videos/ids.ts';
import { jobLines } from '../videos/jobs.ts';

interface Options {
  failed?: true;
  wait?: 'playable' | 'ready';
  json?: true;
  site?: string;
}

type Job = Awaited<ReturnType<Client['processing']['listJobs']>>['jobs'][number];

async function allJobs(client: Client, videoId: ReturnType<typeof parseId>) {
  const jobs: Job[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.processing.listJobs({ query: { videoId, limit: 500, cursor } });
    jobs.push(...page.jobs);
    if (page.cursor === null) return { attempt: page.attempt, jobs };
    cursor = page.cursor;
  }
}

export function addProcessingCommands(program: Command): void {
  program
    .command('reprocess')
    .description('process a video again: all of it, with a new key if it is encrypted, or only what failed')
    .argument('<id>', 'id of the video')
    .option('--failed', 'only the jobs that are not done; what is done stays')
    .addOption(
      new Option('--wait <state>', 'stay until the video can be watched, or all of it is encoded').choices([
        'playable',
        'ready',
      ]),
    )
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site it is on')
    .action((id: string, options: Options) =>
      run(options.json, async () => {
        const videoId = parseId(id);
        const site = await chooseSite(options.site);
        const client = signedInClient(site);
        const what = options.failed ? 'failed' : 'everything';
        const begun = await client.processing.reprocess({ params: { videoId }, body: { what } });
        const video = options.wait && (await waitFor(client, videoId, options.wait));
        if (options.json) printJson({ ...begun, ...(video && { state: video.state }), page: pageUrl(site, videoId) });
        else
          printLine(
            `Attempt ${begun.attempt} ${video ? `is ${video.state}` : 'is under way'}: ${pageUrl(site, videoId)}`,
          );
      }),
    );

  program
    .command('jobs')
    .description('what a video waits for: its state, and of each job state, tries, worker, last error and its log')
    .argument('<id>', 'id of the video')
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site it is on')
    .action((id: string, options: Options) =>
      run(options.json, async () => {
        const videoId = parseId(id);
        const client = signedInClient(await chooseSite(options.site));
        const found = await allJobs(client, videoId);
        if (options.json) printJson({ videoId, ...found });
        else {
          const video = await client.content.getVideo({ params: { videoId } });
          for (const line of jobLines(video, found, Date.now())) printLine(line);
        }
      }),
    );
}
