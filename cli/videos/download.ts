import { createWriteStream } from 'node:fs';
import { access, rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import pRetry from 'p-retry';
import { request } from 'undici';
import type { VideoId } from '../../domain/ids.ts';
import { Failure } from '../failure.ts';
import { printJson, printLine, run } from '../output.ts';
import { type Client, signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';
import { type TransferProgress, transferProgress } from '../upload/progress.ts';
import { isPassing, patience } from '../upload/send.ts';
import { parseId } from './ids.ts';

interface Options {
  json?: true;
  site?: string;
}

/** What storage did not give. */
class SourceRefused extends Error {}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** A file's own name, as a name here: it may come from a machine with other rules. */
const localName = (fileName: string) => basename(fileName.replaceAll(/[\\/:\0]/g, '_'));

/** Fetches a source into `part`; a broken line is taken up where it broke, with a fresh URL. */
async function fetchSource(client: Client, videoId: VideoId, part: string): Promise<void> {
  let progress: TransferProgress | undefined;
  let there = 0;
  let from = '';
  await pRetry(
    async () => {
      const { url, sizeBytes } = await client.content.getSource({ params: { videoId } });
      progress ??= transferProgress('Downloading', sizeBytes);
      // Another file has taken its place meanwhile.
      if (from !== '' && from !== new URL(url).pathname)
        throw new Failure(
          'source-replaced',
          'The file was replaced while it was being downloaded. Run the command again.',
        );
      from = new URL(url).pathname;
      // Not all that came before the line broke was written.
      const stored = await sizeOf(part);
      progress.sent(stored - there);
      there = stored;
      const answer = await request(url, there > 0 ? { headers: { range: `bytes=${there}-` } } : {});
      if (answer.statusCode !== (there > 0 ? 206 : 200)) {
        await answer.body.dump();
        throw new SourceRefused(`storage answered ${answer.statusCode}`);
      }
      await pipeline(
        answer.body,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            yield chunk;
            there += chunk.length;
            progress?.sent(chunk.length);
          }
        },
        createWriteStream(part, { flags: 'a' }),
      );
      if (there !== sizeBytes) throw new SourceRefused(`${there} of ${sizeBytes} bytes came`);
    },
    { ...patience, shouldRetry: ({ error }) => isPassing(error) },
  ).finally(() => progress?.stop());
}

export const downloading = (command: Command): Command =>
  command
    .description('get the uploaded file of a video of yours back')
    .argument('<id>', 'id of the video')
    .argument('[file]', 'where to; by default its own name, here')
    .option('--json', 'print one JSON object')
    .option('--site <url>', 'the site it is on')
    .action((id: string, given: string | undefined, options: Options) =>
      run(options.json, async () => {
        const videoId = parseId(id);
        const client = signedInClient(await chooseSite(options.site));
        const { fileName, sizeBytes } = await client.content.getSource({ params: { videoId } });
        const file = given ?? localName(fileName);
        if (await isThere(file)) throw new Failure('file-exists', `${file} is there already. Give another name.`);
        const part = `${file}.${videoId}.part`;
        try {
          // What a run that was killed has left may be of another file.
          await rm(part, { force: true });
          await fetchSource(client, videoId, part);
          await rename(part, file);
        } finally {
          await rm(part, { force: true });
        }
        if (options.json) printJson({ videoId, file, sizeBytes });
        else printLine(file);
      }),
    );
