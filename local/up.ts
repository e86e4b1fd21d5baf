import { prepareState, sentences } from './cloud/state.ts';
import { deploy } from './deploy.ts';
import type { Instance } from './instance.ts';
import { readOutputs } from './outputs.ts';
import { cloudService, edgeService, workerService } from './services.ts';
import type { Step } from './steps.ts';
import type { Supervisor } from './supervisor/client.ts';
import { buildWebApp, publishWebApp } from './web-app.ts';

/** Brings an instance up: afterwards its site answers. `meanwhile` runs while the stacks are deployed. */
export function stepsUp(instance: Instance, supervisor: Supervisor, meanwhile: readonly Step[] = []): Step[] {
  return [
    {
      title: 'Local cloud',
      run: async () => {
        const found = prepareState(instance);
        await supervisor.run(cloudService(instance));
        return sentences[found];
      },
    },
    {
      title: 'Build and deploy',
      together: [
        { title: 'Stacks of the local environment (cdk deploy)', run: (report) => deploy(instance, report) },
        { title: 'Web app', run: () => buildWebApp(instance) },
        ...meanwhile,
      ],
    },
    { title: 'Web app to its bucket', run: () => publishWebApp(instance, readOutputs(instance).WebBucketName) },
    {
      title: 'Worker and edge',
      run: async () => {
        const outputs = readOutputs(instance);
        await Promise.all([
          supervisor.run(workerService(instance, outputs)),
          supervisor.run(edgeService(instance, outputs)),
        ]);
        return undefined;
      },
    },
  ];
}
