import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as auth from '../lambdas/auth/env.ts';
import * as content from '../lambdas/content/env.ts';
import * as processing from '../lambdas/processing/env.ts';
import * as streaming from '../lambdas/streaming/env.ts';
import * as upload from '../lambdas/upload/env.ts';
import { bundles } from '../lib/constructs/bundle.ts';
import { home } from '../local/instance.ts';

/** Size of each Lambda's bundle and how long Node takes to load it, in a fresh process. */

const runs = 9;

/** Variables that are no names or addresses. */
const others = { MEDIACONVERT: 'null', MEDIACONVERT_REACH: 'nothing', PROTECTION: 'clear', OUTSTANDING_PER_VIDEO: '8' };

/** Every variable that a function may ask for. Any URL satisfies the other schemas, and none is opened by loading. */
const variables = [auth.env, upload.env, upload.expiryEnv, content.env, streaming.env, ...Object.values(processing)]
  .flatMap((schema) => Object.keys(schema.shape))
  .map((name) => [name, 'http://127.0.0.1:9/x']);

/** Milliseconds from the import of a module to its end; the process itself is not counted. */
function loadMs(file: string): number {
  const script = `const began = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - began); process.exit(0);`;
  const env = { ...Object.fromEntries(variables), ...others, AWS_REGION: 'us-east-1' };
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
  return Number(out.trim().split('\n').at(-1));
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const directory = join(home, 'bench-bundles');
rmSync(directory, { recursive: true, force: true });
process.stdout.write('| function | bundle, KB | load, ms (median of 9) |\n| --- | --- | --- |\n');
for (const [entry, files] of Object.entries(bundles())) {
  const [code] = files.filter(({ path }) => path.endsWith('.mjs'));
  if (code === undefined) throw new Error(`${entry} has no bundle`);
  const file = join(directory, entry.replaceAll('/', '-').replace(/\.ts$/, '.mjs'));
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, code.contents);
  const took = Array.from({ length: runs }, () => loadMs(file));
  process.stdout.write(`| ${entry} | ${(code.contents.length / 1000).toFixed(0)} | ${median(took).toFixed(0)} |\n`);
}
