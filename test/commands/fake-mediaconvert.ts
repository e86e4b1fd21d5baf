import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

/** The body of CreateJob, on the wire. */
const CreateJob = z.looseObject({
  clientRequestToken: z.string(),
  userMetadata: z.object({ videoId: z.string(), attempt: z.string() }),
  queue: z.string(),
  role: z.string(),
  settings: z.looseObject({}),
});
export type CreateJob = z.infer<typeof CreateJob>;

/** Stands in for the service's endpoint: takes jobs, encodes nothing. */
export interface FakeMediaConvert extends AsyncDisposable {
  readonly endpoint: string;
  /** Jobs by id, as they were asked for. */
  readonly jobs: ReadonlyMap<string, CreateJob>;
  /** Ids of jobs that were cancelled. */
  readonly cancelled: ReadonlySet<string>;
  /** How many requests for a job have come, those that made none included. */
  readonly requests: () => number;
  /** Has the next request answered in this way. */
  readonly answerNext: (status: number, message: string) => void;
}

/** One request token is one job, as within a minute of the real service's. `port` 0: any free one. */
export async function fakeMediaConvert(port = 0): Promise<FakeMediaConvert> {
  const jobs = new Map<string, CreateJob>();
  const cancelled = new Set<string>();
  const refusals: { status: number; message: string }[] = [];
  let requests = 0;

  const answer = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    const [, id = ''] = /^\/2017-08-29\/jobs\/([^/]+)$/.exec(request.url ?? '') ?? [];
    if (request.method === 'DELETE' && jobs.has(id)) {
      cancelled.add(id);
      return { status: 202, body: {} };
    }
    if (request.method !== 'POST' || request.url !== '/2017-08-29/jobs')
      return { status: 404, body: { message: 'not here' } };
    requests++;
    const refusal = refusals.shift();
    const body = CreateJob.parse(JSON.parse(await text(request)));
    if (refusal) return { status: refusal.status, body: { message: refusal.message } };
    const before = [...jobs].find(([, job]) => job.clientRequestToken === body.clientRequestToken)?.[0];
    const made = before ?? `${Date.now()}-${String(jobs.size).padStart(6, '0')}`;
    jobs.set(made, body);
    return { status: 201, body: { job: { id: made, status: 'SUBMITTED', role: body.role, settings: body.settings } } };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => {
        const error = status === 400 && { 'x-amzn-errortype': 'BadRequestException' };
        response.writeHead(status, { 'content-type': 'application/json', ...error }).end(JSON.stringify(body));
      },
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    jobs,
    cancelled,
    requests: () => requests,
    answerNext: (status, message) => void refusals.push({ status, message }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
