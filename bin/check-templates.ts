import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import * as z from 'zod';
import { sluiceApp } from '../lib/app.ts';

/**
 * Makes the templates of all environments, without the bundles in them, and checks them: cdk-nag and the CDK's own rules
 * as they are made, cfn-lint after. `CFN_LINT` says where that is, if it is not on the PATH.
 */
const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });
const { context } = CdkJson.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8')));

/** The library itself writes `DependsOn` beside references that say the same. */
const ignored = ['W3005'];

const outdir = mkdtempSync(join(tmpdir(), 'sluice-templates-'));
try {
  const app = sluiceApp({ outdir, context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  // Prints its findings, and throws if there are any.
  const assembly = app.synth();
  const stacks = assembly.stacksRecursively;

  const lint = spawnSync(
    process.env['CFN_LINT'] ?? 'cfn-lint',
    ['--ignore-checks', ...ignored, '--', ...stacks.map((stack) => stack.templateFullPath)],
    { encoding: 'utf8' },
  );
  if (lint.error) throw new Error(`cfn-lint does not start: ${lint.error.message}. Name it in CFN_LINT.`);
  if (lint.status !== 0) throw new Error(`cfn-lint:\n${lint.stdout}${lint.stderr}`);

  const acknowledged = app.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY));
  const resources = stacks.reduce((sum, stack) => sum + Object.keys(stack.template.Resources ?? {}).length, 0);
  console.log(
    `${stacks.length} templates, ${resources} resources: no finding of cdk-nag beyond ${acknowledged.length} acknowledged with a reason, none of cfn-lint`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
