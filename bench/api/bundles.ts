import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type BundleFiles, bundle, bundles } from '../../lib/constructs/bundle.ts';
import { home, root } from '../../local/instance.ts';

/** The bundle of a function on disk. */
export interface Bundle {
  readonly entry: string;
  readonly file: string;
  /** What is loaded at the start. */
  readonly kilobytes: number;
  /** With what is loaded later, when a call needs it. */
  readonly allKilobytes: number;
}

export const bareEntry = 'bench/api/bare.ts';

/** Code that is imported as a module begins; what is imported later stands in parentheses. */
const imported = /(?:from|import)"\.\/([^"]+)"/g;

/** The names of the files that are loaded with `name`, itself among them. */
function loadedWith(files: BundleFiles, name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const code = files.get(name)?.toString() ?? '';
  for (const [, next = ''] of code.matchAll(imported)) loadedWith(files, next, seen);
  return seen;
}

/** Writes the bundles of all functions, and of the bare client, as they are deployed. */
export function writeBundles(): Bundle[] {
  const directory = join(home, 'bench-bundles');
  rmSync(directory, { recursive: true, force: true });
  return Object.entries({ ...bundle([bareEntry]), ...bundles() }).map(([entry, files]) => {
    const folder = join(directory, entry.replaceAll('/', '-').replace(/\.ts$/, ''));
    mkdirSync(folder, { recursive: true });
    for (const [name, contents] of files) writeFileSync(join(folder, name), contents);
    const code = [...files].filter(([name]) => name.endsWith('.mjs'));
    const atStart = loadedWith(files, 'index.mjs');
    const kilobytes = (of: typeof code) => of.reduce((sum, [, { length }]) => sum + length, 0) / 1000;
    return {
      entry,
      file: join(folder, 'index.mjs'),
      kilobytes: kilobytes(code.filter(([name]) => atStart.has(name))),
      allKilobytes: kilobytes(code),
    };
  });
}

const nowhere = 'http://127.0.0.1:9/x';
const cdn = JSON.stringify({ endpoint: nowhere, distributionId: 'none' });
/** One of these satisfies any variable that a function asks for; none is opened by loading. */
const guesses = ['null', '[]', '{}', cdn, '8', nowhere, 'nothing', 'clear', 'someone@example.com'];

/** A variable that holds JSON throws for what is none. */
function takes(schema: z.ZodType, guess: string): boolean {
  try {
    return schema.safeParse(guess).success;
  } catch {
    return false;
  }
}

/** Every variable that a function may ask for, with a value that its schema takes. */
export async function anyVariables(): Promise<Record<string, string>> {
  const files = globSync('lambdas/*/env.ts', { cwd: root });
  const modules = await Promise.all(files.map((file) => import(join(root, file)) as Promise<Record<string, unknown>>));
  const schemas = modules.flatMap((module) => Object.values(module)).filter((schema) => schema instanceof z.ZodObject);
  const shapes = schemas.flatMap(({ shape }) => Object.entries(shape as Record<string, z.ZodType>));
  return Object.fromEntries(
    shapes.map(([name, schema]) => {
      const value = guesses.find((guess) => takes(schema, guess));
      if (value === undefined) throw new Error(`no value for ${name}`);
      return [name, value];
    }),
  );
}

/** Milliseconds from the import of a bundle to its end, in a fresh process; the process itself is not counted. */
export function loadMs(file: string, variables: Readonly<Record<string, string>>): number {
  const script = `const began = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - began); process.exit(0);`;
  // As every function has them.
  const given = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
  const env = { ...variables, ...given };
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
  return Number(out.trim().split('\n').at(-1));
}
