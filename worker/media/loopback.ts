import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What is read of a source by us, and by a child process over HTTP on the loopback interface. */
export interface OpenSource extends AsyncDisposable {
  /**
   * What a child is given to read. It names no bucket and holds no signature: a presigned URL in the arguments of a
   * process could be read by others on the machine and would outlive the job.
   */
  readonly url: string;
  readonly sizeBytes: number;
  /** Bytes [from, to) of the source, fewer at its end. @throws Error if they cannot be had. */
  readonly read: (from: number, to: number) => Promise<Buffer>;
}

/** The bytes from `at` on, at most up to `to`; some, or none where an answer is to end too early. */
export type Stretch = (at: number, to: number) => Promise<Buffer>;

/** Serves `sizeBytes` bytes under a path that nobody can guess. */
export async function loopback(
  sizeBytes: number,
  stretch: Stretch,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const path = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    // A child hangs up whenever it seeks; a block that cannot be read ends its answer early, and with it the child.
    serve(request, response, path, sizeBytes, stretch).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers one GET or HEAD with at most one range (RFC 9110 section 14), stretch by stretch as the child takes it. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  sizeBytes: number,
  stretch: Stretch,
): Promise<void> {
  if (request.url !== path || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404).end();
    return;
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const from = range ? Number(range[1]) : 0;
  const to = range?.[2] ? Math.min(Number(range[2]) + 1, sizeBytes) : sizeBytes;
  if (range && from >= to) {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }
  response.writeHead(range ? 206 : 200, {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-length': to - from,
    // An answer that ends too early must end its connection too: else the child waits for the rest.
    connection: 'close',
    ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${sizeBytes}` } : {}),
  });
  // Before the first byte is there: of an answer that breaks off without a head a child thinks that the file ends here.
  response.flushHeaders();
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const parts = async function* () {
    for (let at = from; at < to; ) {
      const part = await stretch(at, to);
      if (part.length === 0) return;
      yield part;
      at += part.length;
    }
  };
  await pipeline(Readable.from(parts(), { objectMode: true, highWaterMark: 1 }), response);
}

/** Not all of a source that was wanted could be read: what was made of the rest is of no use. */
export class ReadShort extends Error {
  constructor(what: string) {
    super(`the source could not be read: ${what}`);
    this.name = 'ReadShort';
  }
}

/**
 * What ffmpeg and ffprobe say, as an error, when an answer ends before its length: when they wanted what is missing, and
 * not when they had hung up before. They go on with what they have, and exit with 0.
 */
const endsEarly = /Stream ends prematurely/;

/** @throws ReadShort if a child that said this did not get all that it asked its source for. */
export function assertReadWhole(stderr: string): void {
  const line = stderr.split('\n').find((l) => endsEarly.test(l));
  if (line !== undefined) throw new ReadShort(line.slice(-200));
}
