import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { bundle, bundles } from '../../lib/constructs/bundle.ts';
import { home, root } from '../../local/instance.ts';

/** The bundle of a function on disk. */
export interface Bundle {
  readonly entry: string;
  readonly file: string;
  readonly kilobytes: number;
}

export const bareEntry = 'bench/api/bare.ts';

/** Writes the bundles of all functions, and of the bare client, as they are deployed. */
export function writeBundles(): Bundle[] {
  const directory = join(home, 'bench-bundles');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  return Object.entries({ ...bundle([bareEntry]), ...bundles() }).map(([entry, files]) => {
    const [code] = files.filter(({ path }) => path.endsWith('.mjs'));
    if (code === undefined) throw new Error(`${entry} has no bundle`);
    const file = join(directory, entry.replaceAll('/', '-').replace(/\.ts$/, '.mjs'));
    writeFileSync(file, code.contents);
    return { entry, file, kilobytes: code.contents.length / 1000 };
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
