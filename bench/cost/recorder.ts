import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unitsOf } from './units.ts';

/** What functions asked of the cloud: DynamoDB's units as they are billed, and requests to other services by their names. */
export interface Usage {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly requests: Readonly<Record<string, number>>;
}

export interface Recorder {
  /** Where a function finds a service instead. */
  readonly addressFor: (lambda: string, service: string) => string;
  /** What has been asked since the last time, by function; forgets it. */
  readonly take: () => Map<string, Usage>;
  /** When something was last asked for, in ms since the epoch. */
  readonly lastAskedAt: () => number;
  readonly stop: () => Promise<void>;
}

/**
 * Stands between the functions and the cloud and writes down what passes. The cloud reckons what a write takes, indexes and
 * transactions included, as DynamoDB does; it takes every read for the smallest, so reads are reckoned here by what they
 * bring. What a filter or a projection leaves out is read too, and not seen here.
 */
export async function startRecorder(cloudUrl: string): Promise<Recorder> {
  let usages = new Map<string, { readUnits: number; writeUnits: number; requests: Record<string, number> }>();
  let lastAskedAt = Date.now();
  const server = createServer(async (incoming, answer) => {
    const [, lambda = '', service = ''] = (incoming.url ?? '').split('/');
    const target =
      String(incoming.headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? '';
    const sent = await bytesOf(incoming);
    const counted = service === 'dynamodb' ? countedBody(target, sent) : sent;
    const { status, headers, body } = await forward(cloudUrl, incoming, counted);
    lastAskedAt = Date.now();
    const usage = usages.get(lambda) ?? { readUnits: 0, writeUnits: 0, requests: {} };
    usages.set(lambda, usage);
    if (service === 'dynamodb') {
      const units = unitsOf(target, JSON.parse(sent.toString()), status, JSON.parse(body.toString()));
      usage.readUnits += units.read;
      usage.writeUnits += units.write;
    } else {
      const name = `${service} ${target}`;
      usage.requests[name] = (usage.requests[name] ?? 0) + 1;
    }
    answer.writeHead(status, { 'content-type': headers['content-type'] ?? 'application/x-amz-json-1.0' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    addressFor: (lambda, service) => `http://127.0.0.1:${port}/${lambda}/${service}`,
    take: () => {
      const taken = usages;
      usages = new Map();
      return taken;
    },
    lastAskedAt: () => lastAskedAt,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The same request, told to say what it took. */
function countedBody(target: string, body: Buffer): Buffer {
  if (!/^(Put|Update|Delete|Get|Query|Scan|Batch|Transact)/.test(target)) return body;
  return Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), ReturnConsumedCapacity: 'TOTAL' }));
}

function forward(cloudUrl: string, { method, headers }: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
    const { host: _, 'content-length': __, 'transfer-encoding': ___, ...kept } = headers;
    const outgoing = request(cloudUrl, { method, headers: { ...kept, 'content-length': body.length } }, (answer) => {
      bytesOf(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes }),
        reject,
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
