import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync, type OutputFile } from 'esbuild';

export const root = join(import.meta.dirname, '../..');

/** The files that export the handler of a function, from the repository's root. */
const entries = [
  'lambdas/auth/handler.ts',
  'lambdas/auth/mail-events.ts',
  'lambdas/community/follow-counts.ts',
  'lambdas/community/follow-people.ts',
  'lambdas/community/follow-videos.ts',
  'lambdas/community/handler.ts',
  'lambdas/community/rebuild.ts',
  'lambdas/content/handler.ts',
  'lambdas/content/publish-due.ts',
  'lambdas/history/clear.ts',
  'lambdas/history/handler.ts',
  'lambdas/origin/handler.ts',
  'lambdas/people/erase.ts',
  'lambdas/people/export.ts',
  'lambdas/people/handler.ts',
  'lambdas/playlists/clean.ts',
  'lambdas/playlists/handler.ts',
  'lambdas/processing/backlog.ts',
  'lambdas/processing/captions.ts',
  'lambdas/processing/dead-letter.ts',
  'lambdas/processing/handler.ts',
  'lambdas/processing/mediaconvert-events.ts',
  'lambdas/processing/reconcile.ts',
  'lambdas/processing/stages.ts',
  'lambdas/processing/start.ts',
  'lambdas/removal/handler.ts',
  'lambdas/streaming/handler.ts',
  'lambdas/upload/expire.ts',
  'lambdas/upload/handler.ts',
] as const;
export type Entry = (typeof entries)[number];

/**
 * The code of a Lambda function: one minified ESM file with everything in it, the SDK included, so that what was tested
 * is what runs. Made only for stacks that are selected, and once for all environments.
 */
export const bundled = (entry: Entry): AssetCode =>
  Code.fromAsset(dirname(join(root, entry)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never pulled: what is built here is built locally or not at all.
      image: DockerImage.fromRegistry('scratch'),
      // Names the entry among those of one folder in CDK's cache of bundles.
      command: [entry],
      local: {
        tryBundle(outputDir) {
          for (const { path, contents } of bundles()[entry]) writeFileSync(join(outputDir, basename(path)), contents);
          return true;
        },
      },
    },
  });

let made: Record<Entry, OutputFile[]> | undefined;

/** All functions in one pass of esbuild: they share nearly all that they are made of, and it is read once. */
export function bundles(): Record<Entry, OutputFile[]> {
  made ??= bundle(entries);
  return made;
}

/** Code and source map of each entry, as functions have them. */
export function bundle<E extends string>(of: readonly E[]): Record<E, OutputFile[]> {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(of.map((entry) => [`${entry}/index`, entry])),
    outdir: root,
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // What a function has in its environment, and what it never reads (docs/decisions/0009).
    alias: {
      '@aws-sdk/credential-provider-node': './lambdas/shared/credentials.ts',
      '@smithy/core/event-streams': './lambdas/shared/event-streams.ts',
    },
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    // CommonJS packages among the dependencies call `require` for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  const filesOf = (entry: E) => outputFiles.filter(({ path }) => dirname(path) === join(root, entry));
  return Object.fromEntries(of.map((entry) => [entry, filesOf(entry)])) as Record<E, OutputFile[]>;
}
