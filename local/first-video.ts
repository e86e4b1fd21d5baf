import { spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { type Instance, placesOf, root, siteOf } from './instance.ts';

/** What `sluice upload --json` prints. Times are milliseconds since the epoch. */
const Uploaded = z.object({
  videoId: z.string(),
  page: z.string(),
  times: z.object({
    uploadStart: z.number(),
    uploadEnd: z.number(),
    playable: z.number().nullable(),
    ready: z.number().nullable(),
  }),
});
export type Uploaded = z.infer<typeof Uploaded>;

/**
 * Sends a file as its creator would, by the command line client, as the demo creator; waits until all of it is encoded.
 * @throws Error with the client's own sentence.
 */
export async function sendVideo(instance: Instance, file: string, report: (line: string) => void): Promise<Uploaded> {
  const title = basename(file).replace(/\.[^.]+$/, '');
  const cli = join(placesOf(instance).state, 'cli');
  const child = spawn(
    process.execPath,
    [
      join(root, 'cli/main.ts'),
      'upload',
      file,
      '--wait',
      'ready',
      '--json',
      '--visibility',
      'public',
      '--title',
      title,
      '--site',
      siteOf(instance),
    ],
    {
      // Signs in as the demo's creator, and leaves the person's own sign-ins alone.
      env: { ...process.env, XDG_CONFIG_HOME: cli, XDG_STATE_HOME: cli },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let answer = '';
  const said: string[] = [];
  child.stdout.on('data', (data) => {
    answer += data;
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line);
    report(line);
  });
  const end = () => child.kill();
  process.once('exit', end);
  const code = await new Promise((resolve) => child.once('close', resolve));
  process.off('exit', end);
  if (code !== 0) throw new Error(said.slice(-5).join('\n'));
  return Uploaded.parse(JSON.parse(answer));
}
