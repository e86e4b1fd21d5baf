import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';
import type { Step } from './steps.ts';

/**
 * Runs steps in turn, with their progress on the screen; on a terminal in place, elsewhere line by line.
 * @throws what the first step that failed has thrown, which the screen does not show.
 */
export async function show(steps: readonly Step[]): Promise<void> {
  let failure: { readonly error: unknown } | undefined;

  const asTask = (step: Step): ListrTask => ({
    title: step.title,
    task: async (_, task) => {
      if ('together' in step) return task.newListr(step.together.map(asTask), { concurrent: true, exitOnError: true });
      try {
        const note = await step.run((line) => {
          task.output = line;
        });
        if (note !== undefined) task.title = `${step.title}: ${note}`;
      } catch (error) {
        failure ??= { error };
        throw new Error('see below');
      }
      return undefined;
    },
  });

  const list = new Listr(steps.map(asTask), {
    // Signals are the commands' own business.
    registerSignalListeners: false,
    rendererOptions: { collapseSubtasks: false, showErrorMessage: false, timer: PRESET_TIMER },
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { timer: PRESET_TIMER },
  });
  await list.run().catch((error: unknown) => {
    throw failure ? failure.error : error;
  });
}
