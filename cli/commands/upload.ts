import { type Command, InvalidArgumentError, Option } from 'commander';
import type { VideoId } from '../../domain/ids.ts';
import { Engine } from '../../domain/media/engine.ts';
import { dashManifestKey, hlsMasterKey } from '../../domain/media/paths.ts';
import { ProcessingChoices, Visibility } from '../../domain/video/video.ts';
import { exitCodes } from '../failure.ts';
import { waitFor } from '../follow.ts';
import { printJson, printLine, run } from '../output.ts';
import { signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';
import type { TransferProgress } from '../upload/progress.ts';
import { sourceFile } from '../upload/source-file.ts';
import { uploadFile } from '../upload/upload-file.ts';
import { pageUrl, parseId } from '../videos/ids.ts';

interface Options {
  title?: string;
  visibility?: Visibility;
  replace?: VideoId;
  encrypt?: true;
  eager?: number;
  engine?: Engine;
  wait?: 'playable' | 'ready';
  json?: true;
  site?: string;
}

/** Ctrl-C ends at once, between any two bytes: nothing has to be put in order, and `howToGoOn` says how to. */
function endOnSignal(json: boolean | undefined, howToGoOn: () => string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      const detail = howToGoOn();
      process.stderr.write(`\n${detail}\n`);
      if (json) printJson({ error: { code: 'interrupted', detail } });
      process.exit(exitCodes.interrupted);
    });
  }
}

/** What differs from the site's usual processing. */
function choices({ encrypt, eager, engine }: Options): ProcessingChoices | undefined {
  if (encrypt === undefined && eager === undefined && engine === undefined) return undefined;
  return {
    ...(encrypt && { protection: 'cbcs' }),
    ...(eager !== undefined && { eagerLines: eager }),
    ...(engine && { engine }),
  };
}

/** As a shell takes it. */
const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`);

async function upload(given: string, options: Options): Promise<void> {
  let progress: TransferProgress | undefined;
  let howToGoOn = () => {
    progress?.stop();
    return `Stopped${progress ? ` at ${progress.percent()} %` : ''}. To go on: sluice upload ${quoted(given)}`;
  };
  endOnSignal(options.json, () => howToGoOn());

  const file = await sourceFile(given);
  const site = await chooseSite(options.site);
  const client = signedInClient(site);
  const { videoId, uploadId, attempt, startedAt, endedAt, verdict } = await uploadFile({
    client,
    site,
    file,
    title: options.title,
    visibility: options.visibility,
    replaces: options.replace,
    processing: choices(options),
    onProgress: (shown) => {
      progress = shown;
    },
  });
  howToGoOn = () => `The file is uploaded and the video goes on without you. To see it: sluice status ${videoId}`;
  process.stderr.write(`Uploaded in ${((endedAt - startedAt) / 1000).toFixed(1)} s. Video ${videoId}\n`);

  const video = options.wait && (await waitFor(client, videoId, options.wait));
  const page = pageUrl(site, videoId);
  if (!options.json) return void printLine(page);
  printJson({
    videoId,
    uploadId,
    hls: `${site}/${hlsMasterKey(videoId, attempt)}`,
    dash: `${site}/${dashManifestKey(videoId, attempt)}`,
    poster: video?.poster ? new URL(video.poster, site).href : null,
    page,
    peek: verdict
      ? {
          verdict: verdict.peek.verdict,
          durationSeconds: verdict.peek.durationSeconds,
          rungs: verdict.peek.rungs,
        }
      : null,
    times: {
      uploadStart: startedAt,
      verdict: verdict?.at ?? null,
      uploadEnd: endedAt,
      playable: video?.playableAt ?? null,
      ready: video?.readyAt ?? null,
    },
  });
}

function lines(text: string): number {
  const parsed = ProcessingChoices.shape.eagerLines.safeParse(Number(text));
  if (parsed.data === undefined) throw new InvalidArgumentError('It is a number of lines, such as 1080.');
  return parsed.data;
}

export function addUploadCommand(program: Command): void {
  program
    .command('upload')
    .description('upload a video file; run again after an interruption, it goes on where it was')
    .argument('<file>', 'the video file')
    .option('--title <title>', 'title of the video (default: the file name)')
    .addOption(new Option('--visibility <who>', 'who may watch it (default: private)').choices(Visibility.options))
    .option('--replace <id>', 'take the place of the file of this video: its links, title and captions stay', parseId)
    .option('--encrypt', 'encrypt the video; its players need a licence')
    .option('--eager <lines>', 'encode higher qualities than this only when they are first watched', lines)
    .addOption(new Option('--engine <engine>', 'who encodes it, where the site has a choice').choices(Engine.options))
    .addOption(
      new Option('--wait <state>', 'stay until the video can be watched, or all of it is encoded').choices([
        'playable',
        'ready',
      ]),
    )
    .option('--json', 'print one JSON object: ids, addresses and times')
    .option('--site <url>', 'the site to upload to')
    .action((file: string, options: Options) => run(options.json, () => upload(file, options)));
}
