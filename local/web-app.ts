import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import mime from 'mime';
import { noteDone, readDone } from './done.ts';
import { fingerprint } from './fingerprint.ts';
import { awsConfig, awsEnvironment, type Instance, placesOf, root } from './instance.ts';
import { runLogged } from './run-logged.ts';

/** All that the web app is made of. */
const sources = ['web', 'client', 'domain', 'lambdas', 'docs/api/openapi.json', 'package-lock.json'];

/** Builds the web app into the instance's own folder, unless nothing has changed. */
export async function buildWebApp(instance: Instance): Promise<'built' | 'unchanged'> {
  const wanted = fingerprint(sources);
  if (readDone(instance).built === wanted) return 'unchanged';
  const { web, logs } = placesOf(instance);
  await runLogged(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--outDir', web, '--emptyOutDir'],
    {
      env: awsEnvironment(instance),
      logFile: join(logs, 'web.log'),
    },
  );
  noteDone(instance, { built: wanted });
  return 'built';
}

/** Puts the built web app into its bucket, pages last, so that no page names a file that is not there yet. */
export async function publishWebApp(instance: Instance, bucket: string): Promise<'published' | 'unchanged'> {
  const { built, published } = readDone(instance);
  if (built === published) return 'unchanged';
  const s3 = new S3Client({ ...awsConfig(instance), forcePathStyle: true });
  const { web } = placesOf(instance);
  const files = readdirSync(web, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const keys = files
    .map((entry) => relative(web, join(entry.parentPath, entry.name)))
    .sort((a, b) => Number(isPage(a)) - Number(isPage(b)));
  for (const key of keys) {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: readFileSync(join(web, key)),
        ContentType: mime.getType(key) ?? 'application/octet-stream',
        CacheControl: cachingOf(key),
      }),
    );
  }
  if (built !== undefined) noteDone(instance, { published: built });
  return 'published';
}

const isPage = (key: string) => key.endsWith('.html');
/** Vite names files in assets/ by their contents; all others keep their name and are asked for again. */
const cachingOf = (key: string) => (key.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
