import { ApiError } from '../client/client.ts';

/** Exit codes: the command failed; the video did. */
export const exitCodes = { failed: 1, videoFailed: 2, interrupted: 130 } as const;

/** Why a command ends early, for the person who ran it: a stable code and a sentence. */
export class Failure extends Error {
  readonly code: string;
  readonly exitCode: number;
  constructor(code: string, sentence: string, exitCode: number = exitCodes.failed) {
    super(sentence);
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** What the API refused is the person's to know; anything else is a fault of this program and keeps its stack. */
export function asFailure(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (error instanceof ApiError) {
    const { code, title, detail } = error.problem;
    return new Failure(code, detail.startsWith(title) ? detail : `${title}. ${detail}`);
  }
  return undefined;
}
