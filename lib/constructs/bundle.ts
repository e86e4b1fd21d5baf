import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';

export const root = join(import.meta.dirname, '../..');

/** The files that export the handler of a function, from the repository's root. */
const entries = [
  'lambdas/auth/handler.ts',
  'lambdas/auth/mail-events.ts',
  'lambdas/auth/security-mail.ts',
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

/** The files of a function, by name: `index.mjs`, what it loads later, their source maps. */
export type BundleFiles = ReadonlyMap<string, Buffer>;

/**
 * The code of a Lambda function: minified ESM with everything in it, the SDK included, so that what was tested is what
 * runs. Made only for stacks that are selected, and once for all environments.
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
          for (const [name, contents] of bundles()[entry]) writeFileSync(join(outputDir, name), contents);
          return true;
        },
      },
    },
  });

let made: Record<Entry, BundleFiles> | undefined;

/** All functions. */
export function bundles(): Record<Entry, BundleFiles> {
  made ??= bundle(entries);
  return made;
}

/** Each entry as functions have it (bundle-functions.ts). */
export function bundle<E extends string>(of: readonly E[]): Record<E, BundleFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bundles-'));
  try {
    const program = join(import.meta.dirname, 'bundle-functions.ts');
    execFileSync(process.execPath, [program, root, folder, ...of], { stdio: ['ignore', 'inherit', 'inherit'] });
    const filesOf = (entry: E): BundleFiles =>
      new Map(readdirSync(join(folder, entry)).map((name) => [name, readFileSync(join(folder, entry, name))]));
    return Object.fromEntries(of.map((entry) => [entry, filesOf(entry)])) as Record<E, BundleFiles>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
