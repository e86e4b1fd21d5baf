import { spawn } from 'node:child_process';
import * as z from 'zod';

/** The media binaries of the environment that the tests run in; set-up puts them there. */
const env = z.object({ FFMPEG: z.string(), FFPROBE: z.string(), PACKAGER: z.string() });
export type Binary = keyof z.infer<typeof env>;

export const binary = (name: Binary): string => env.parse(process.env)[name];

export interface Ran {
  readonly stdout: Buffer;
  /** What the program wrote to its third pipe, `pipe:3`. */
  readonly aside: Buffer;
  readonly stderr: string;
}

/** Runs a media binary to its end. @throws Error with the end of its messages if it exits with another code than 0. */
export async function run(name: Binary, args: readonly string[], cwd?: string): Promise<Ran> {
  const child = spawn(binary(name), args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const pipes: [Buffer[], Buffer[], Buffer[]] = [[], [], []];
  for (const [i, chunks] of pipes.entries()) child.stdio[i + 1]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr, aside] = pipes.map((chunks) => Buffer.concat(chunks)) as [Buffer, Buffer, Buffer];
  if (code !== 0) throw new Error(`${name} exited with ${code}: ${args.join(' ')}\n${stderr.toString().slice(-2000)}`);
  return { stdout, aside, stderr: stderr.toString() };
}

/** ffmpeg without a banner, prompt or progress. Over a file that is there: without `-y` it would leave it, and exit with 0. */
export const ffmpeg = (args: readonly string[], cwd?: string): Promise<Ran> =>
  run('FFMPEG', ['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'error', '-y', ...args], cwd);

/** What ffprobe says of a file, as JSON. */
export async function ffprobe(file: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await run('FFPROBE', ['-v', 'error', '-of', 'json', ...args, file]);
  return JSON.parse(stdout.toString());
}
