import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { noteDone, readDone } from './done.ts';
import { fingerprint } from './fingerprint.ts';
import {
  awsConfig,
  awsEnvironment,
  cloudUrlOf,
  type Instance,
  mediaConvertUrlOf,
  placesOf,
  root,
  siteOf,
} from './instance.ts';
import { runLogged } from './run-logged.ts';

/** All that the templates and the Lambda bundles are made of. */
const sources = ['bin', 'lib', 'lambdas', 'domain', 'platform', 'statemachines', 'cdk.json', 'package-lock.json'];

/** Deploys the `local` stage onto the instance's cloud by the CDK's own command, unless nothing has changed. */
export async function deploy(instance: Instance, report: (line: string) => void): Promise<'deployed' | 'unchanged'> {
  const mediaConvert = mediaConvertUrlOf(instance);
  const wanted = fingerprint(sources, siteOf(instance), cloudUrlOf(instance), mediaConvert ?? '');
  const { outputs, assembly, logs } = placesOf(instance);
  if (readDone(instance).deployed === wanted && existsSync(outputs) && (await hasStacks(instance))) return 'unchanged';
  const args = [
    'deploy',
    'local/*',
    '--method=direct',
    '--concurrency=4',
    '--require-approval=never',
    '--progress=events',
  ];
  const context = [
    '-c',
    'environment=local',
    '-c',
    `localSite=${siteOf(instance)}`,
    '-c',
    `localCloud=${cloudUrlOf(instance)}`,
    ...(mediaConvert === undefined ? [] : ['-c', `localMediaConvert=${mediaConvert}`]),
  ];
  await makeAssetsBucket(instance);
  report('making the templates and bundles');
  await runLogged(
    process.execPath,
    [
      join(root, 'node_modules/aws-cdk/bin/cdk'),
      ...args,
      ...context,
      `--outputs-file=${outputs}`,
      `--output=${assembly}`,
    ],
    {
      env: {
        ...awsEnvironment(instance),
        CI: 'true',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        // The template rules are `npm run check`'s; here they would only take seconds.
        CDK_VALIDATION: 'false',
      },
      logFile: join(logs, 'deploy.log'),
      onLine: (line) =>
        /^local\S+: (deploying|creating|updating)|✅/.test(line) && report(line.replace(/\.\.\..*/, '').trim()),
    },
  );
  noteDone(instance, { deployed: wanted });
  return 'deployed';
}

/**
 * Where `cdk deploy` puts bundles. In AWS `cdk bootstrap` makes it, with roles that a local cloud has no use for: there
 * the stage is deployed by the caller's own credentials.
 */
async function makeAssetsBucket(instance: Instance): Promise<void> {
  const s3 = new S3Client({ ...awsConfig(instance), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'cdk-hnb659fds-assets-000000000000-us-east-1' }));
}

/** Whether the cloud has our stacks: one that was killed has lost what it had not written down. */
async function hasStacks(instance: Instance): Promise<boolean> {
  const client = new CloudFormationClient(awsConfig(instance));
  const statuses: (string | undefined)[] = [];
  for await (const page of paginateDescribeStacks({ client }, {}))
    statuses.push(...(page.Stacks ?? []).map((stack) => stack.StackStatus));
  return (
    statuses.length > 0 &&
    statuses.every(
      (status) => status?.endsWith('_COMPLETE') && !status.includes('ROLLBACK') && !status.startsWith('DELETE'),
    )
  );
}
