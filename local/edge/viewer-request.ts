import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import * as z from 'zod';

/** What a CloudFront Function may answer to a viewer-request event: the request, changed, or a response of its own. */
const Answer = z.union([
  z.object({ uri: z.string() }),
  z.object({ statusCode: z.int(), headers: z.record(z.string(), z.object({ value: z.string() })).default({}) }),
]);

export type Rewritten =
  | { readonly path: string }
  | { readonly status: number; readonly headers: Record<string, string> };

/**
 * Runs the distribution's own viewer-request function, as its file is deployed, in a context without any of Node:
 * like CloudFront's, it has the language and nothing else.
 */
export function viewerRequest(file: string): (method: string, path: string) => Promise<Rewritten> {
  const context = createContext({});
  new Script(readFileSync(file, 'utf8'), { filename: file }).runInContext(context);
  return async (method, path) => {
    const event = {
      version: '1.0',
      context: { eventType: 'viewer-request' },
      viewer: { ip: '127.0.0.1' },
      request: { method, uri: path, querystring: {}, headers: {}, cookies: {} },
    };
    const answer = Answer.parse(await new Script(`handler(${JSON.stringify(event)})`).runInContext(context));
    if ('uri' in answer) return { path: answer.uri };
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(Object.entries(answer.headers).map(([name, { value }]) => [name, value])),
    };
  };
}
