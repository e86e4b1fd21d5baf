import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { environments, usualLocalAddresses } from '../lib/config/environments.ts';
import { SluiceStage } from '../lib/stage.ts';

/** `cdk deploy 'prod/*'`, `cdk deploy 'local/*'`: every environment is a stage of the one app. */
const app = new App();

/** `-c localCloud=URL -c localSite=URL`: where the local cloud and site listen, if not at their usual ports. */
const local = {
  cloud: (app.node.tryGetContext('localCloud') as string | undefined) ?? usualLocalAddresses.cloud,
  site: (app.node.tryGetContext('localSite') as string | undefined) ?? usualLocalAddresses.site,
};

for (const environment of Object.values(environments(local))) new SluiceStage(app, environment);

// A finding without an acknowledgement and its reason fails synth.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
