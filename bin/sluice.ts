import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import * as z from 'zod';
import { EnvironmentId } from '../lib/config/environment.ts';
import { environments, usualLocalAddresses } from '../lib/config/environments.ts';
import { SluiceStage } from '../lib/stage.ts';

/**
 * `cdk deploy 'prod/*'`, `cdk deploy 'local/*'`: every environment is a stage of the one app.
 *
 * `-c environment=local` makes that stage alone, which spares the time that the others take.
 * `-c localCloud=URL -c localSite=URL`: where the local cloud and site listen, if not at their usual ports.
 */
const app = new App();
const context = <S extends z.ZodType>(name: string, schema: S) => schema.parse(app.node.tryGetContext(name));

const only = context('environment', EnvironmentId.optional());
const all = environments({
  cloud: context('localCloud', z.url().default(usualLocalAddresses.cloud)),
  site: context('localSite', z.url().default(usualLocalAddresses.site)),
});
for (const config of only === undefined ? Object.values(all) : [all[only]]) new SluiceStage(app, config);

// A finding without an acknowledgement and its reason fails synth.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
