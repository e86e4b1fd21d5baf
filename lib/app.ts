import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import * as z from 'zod';
import { EnvironmentId } from './config/environment.ts';
import { environments, usualLocalAddresses } from './config/environments.ts';
import { SluiceStage } from './stage.ts';

/**
 * The app: a stage for each environment.
 *
 * `-c environment=local` makes that stage alone, which spares the time that the others take.
 * `-c localCloud=URL -c localSite=URL`: where the local cloud and site listen, if not at their usual ports.
 * `-c localMediaConvert=URL`: where something answers for MediaConvert, which local clouds do not have.
 */
export function sluiceApp(props: AppProps = {}): App {
  const app = new App(props);
  const context = <S extends z.ZodType>(name: string, schema: S) => schema.parse(app.node.tryGetContext(name));

  const only = context('environment', EnvironmentId.optional());
  const all = environments({
    cloud: context('localCloud', z.url().default(usualLocalAddresses.cloud)),
    site: context('localSite', z.url().default(usualLocalAddresses.site)),
    mediaConvert: context('localMediaConvert', z.url().optional()),
  });
  for (const config of only === undefined ? Object.values(all) : [all[only]]) new SluiceStage(app, config);

  // A finding without an acknowledgement and its reason fails synth.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
}
