import {
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stage,
  Tags,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment, OptionalStack } from './config/environment.ts';
import { ApiStack } from './stacks/api.ts';
import { DeliveryStack } from './stacks/delivery.ts';
import { IdentityStack } from './stacks/identity.ts';
import { MailEventsStack } from './stacks/mail-events.ts';
import { OperationsStack } from './stacks/operations.ts';
import { PersonalDataStack } from './stacks/personal-data.ts';
import { ProcessingStack } from './stacks/processing.ts';
import { RemovalStack } from './stacks/removal.ts';
import { StorageStack } from './stacks/storage.ts';
import { ViewsStack } from './stacks/views.ts';
import { WebStack } from './stacks/web.ts';
import { WorkersStack } from './stacks/workers.ts';

/** One environment: its stacks, less those that it leaves out. */
export class SluiceStage extends Stage {
  constructor(scope: Construct, config: Environment) {
    const { id, region, account } = config;
    super(scope, id, { env: { region, ...(account !== undefined && { account }) } });
    Tags.of(this).add('sluice:environment', id);

    const has = (stack: OptionalStack) => !config.leftOut.includes(stack);
    const synthesizers = {
      'own-credentials': CliCredentialsStackSynthesizer,
      'bootstrap-roles': DefaultStackSynthesizer,
    };
    const usual = () => ({ config, synthesizer: new synthesizers[config.deployedBy]() as IStackSynthesizer });

    const storage = new StorageStack(this, 'Storage', usual());
    const identity = new IdentityStack(this, 'Identity', usual());
    const processing = new ProcessingStack(this, 'Processing', { ...usual(), storage });
    if (has('Workers')) new WorkersStack(this, 'Workers', { ...usual(), storage, processing });
    new ViewsStack(this, 'Views', { ...usual(), storage, identity, processing });
    new MailEventsStack(this, 'MailEvents', { ...usual(), identity, processing });
    const api = new ApiStack(this, 'Api', { ...usual(), storage, identity, processing });
    new PersonalDataStack(this, 'PersonalData', { ...usual(), storage, identity, processing });
    const delivery = has('Delivery')
      ? new DeliveryStack(this, 'Delivery', { ...usual(), storage, processing, api })
      : undefined;
    if (delivery && has('Web')) new WebStack(this, 'Web', { ...usual(), delivery });
    const distributionId = delivery?.distribution.distributionId;
    new RemovalStack(this, 'Removal', { ...usual(), storage, processing, distributionId });
    new OperationsStack(this, 'Operations', { ...usual(), processing });
  }
}
