import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { Environment, type EnvironmentId } from '../../lib/config/environment.ts';
import { environments } from '../../lib/config/environments.ts';
import { SluiceStage } from '../../lib/stage.ts';

export const root = join(import.meta.dirname, '../..');
const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });
const { context } = CdkJson.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));

export type StackName =
  | 'Storage'
  | 'Identity'
  | 'MailEvents'
  | 'Operations'
  | 'Processing'
  | 'Views'
  | 'Workers'
  | 'Api'
  | 'PersonalData'
  | 'Delivery'
  | 'Removal'
  | 'Web';
export type Templates = Partial<Record<StackName, Template>>;

/** A resource of a template, as far as tests look into it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The templates of one environment, without bundles: what is in them does not depend on the code of the functions. */
export const synthesized = (id: EnvironmentId): Templates => synthesizedFrom(environments()[id]);

/** `prod` as it is once SES has proven its domain: with all that is ever deployed. */
export function synthesizedWithMail(): Templates {
  const { prod } = environments();
  return synthesizedFrom(Environment.parse({ ...prod, mail: { ...prod.mail, isProven: true } }));
}

/** The same of an environment that no deployment has. */
export function synthesizedFrom(config: Environment): Templates {
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-stacks-'));
  try {
    // The rules that `npm run check` holds templates against would only cost time here.
    const app = new App({
      outdir,
      builtinCloudFormationValidation: false,
      context: { ...context, 'aws:cdk:bundling-stacks': [] },
    });
    new SluiceStage(app, config);
    const { stacksRecursively } = app.synth();
    return Object.fromEntries(
      stacksRecursively.map((made) => [made.stackName.replace(`${config.id}-`, ''), Template.fromJSON(made.template)]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The template of a stack that the environment has. */
export function stack(templates: Templates, name: StackName): Template {
  const template = templates[name];
  if (template === undefined) throw new Error(`there is no stack ${name}`);
  return template;
}

export const resources = (template: Template, type?: string): [string, Resource][] =>
  Object.entries(template.toJSON()['Resources'] as Record<string, Resource>).filter(
    ([, resource]) => type === undefined || resource.Type === type,
  );

/** The one resource of a type. */
export function only(template: Template, type: string): Resource {
  const [first, second] = resources(template, type);
  if (first === undefined || second !== undefined) throw new Error(`there is not one ${type}`);
  return first[1];
}
