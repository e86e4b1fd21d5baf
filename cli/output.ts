import { asFailure, exitCodes } from './failure.ts';

/** What a command says at its end: one JSON object for programs, or lines for people. */
export const printJson = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
export const printLine = (line: string) => process.stdout.write(`${line}\n`);

/** Runs a command's action; how it fails is said once, here, in the form that was asked for. */
export async function run(json: boolean | undefined, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const failure = asFailure(error);
    const { code, detail } = failure
      ? { code: failure.code, detail: failure.message }
      : { code: 'internal', detail: String(error) };
    if (json) printJson({ error: { code, detail } });
    else process.stderr.write(`${failure ? detail : ((error as Error).stack ?? detail)}\n`);
    process.exitCode = failure?.exitCode ?? exitCodes.failed;
  }
}
