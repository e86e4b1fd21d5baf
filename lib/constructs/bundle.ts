import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

export const root = join(import.meta.dirname, '../..');

/**
 * The code of a Lambda function: one minified ESM file with everything in it, the SDK included, so that what was tested
 * is what runs. Made by esbuild in this process (its command line costs a Node start a function), only for stacks that
 * are selected, and once for all environments.
 */
export const bundled = (entry: string): AssetCode =>
  Code.fromAsset(dirname(join(root, entry)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never pulled: what is built here is built locally or not at all.
      image: DockerImage.fromRegistry('scratch'),
      // Names the entry among those of one folder in CDK's cache of bundles.
      command: [entry],
      local: {
        tryBundle(outputDir) {
          buildSync({
            entryPoints: [join(root, entry)],
            absWorkingDir: root,
            outfile: join(outputDir, 'index.mjs'),
            bundle: true,
            platform: 'node',
            target: 'node24',
            format: 'esm',
            mainFields: ['module', 'main'],
            conditions: ['module'],
            minify: true,
            sourcemap: true,
            sourcesContent: false,
            // CommonJS packages among the dependencies call `require` for Node's own modules.
            banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
            logLevel: 'warning',
          });
          return true;
        },
      },
    },
  });
