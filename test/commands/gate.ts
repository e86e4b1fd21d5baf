import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** A call of an AWS client, as it passes. */
export interface PassingCall {
  readonly method: string;
  /** With S3, bucket and key. */
  readonly path: string;
  /** The operation, where the protocol is JSON: `AWSStepFunctions.SendTaskSuccess`. */
  readonly target: string | undefined;
}

/** Calls that are kept at the gate. */
export interface Hold {
  /** Resolves when the first of them is there. */
  readonly arrived: Promise<PassingCall>;
  /** How many have come so far. */
  readonly count: () => number;
  /** Lets them on; those that follow pass. */
  readonly open: () => void;
  /** Breaks them off: they have never been made. Those that follow pass. */
  readonly drop: () => void;
}

/**
 * Stands between a program and the cloud, and passes every call on but those that it is told to hold: so a program can
 * be caught between two of its calls, for as long as a test likes.
 */
export interface Gate extends AsyncDisposable {
  readonly url: string;
  readonly hold: (matches: (call: PassingCall) => boolean) => Hold;
}

interface Held extends Hold {
  readonly matches: (call: PassingCall) => boolean;
  /** Answers what is to become of the call. */
  readonly keep: (call: PassingCall) => Promise<'pass' | 'drop'>;
}

export async function gateTo(upstream: string): Promise<Gate> {
  const holds = new Set<Held>();

  async function judge(call: PassingCall): Promise<'pass' | 'drop'> {
    for (const held of holds) if (held.matches(call)) return held.keep(call);
    return 'pass';
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.headers['x-amz-target'];
    const [path = ''] = (request.url ?? '').split('?');
    const call = { method: request.method ?? '', path, target: typeof target === 'string' ? target : undefined };
    if ((await judge(call)) === 'drop') return void response.destroy();
    const onward = httpRequest(upstream + (request.url ?? ''), { method: call.method, headers: request.headers });
    const answered = once(onward, 'response') as Promise<[IncomingMessage]>;
    const [[answer]] = await Promise.all([answered, pipeline(request, onward)]);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  }

  const server = createServer((request, response) => {
    // Whoever asks is a program that a test may have killed.
    pass(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(matches) {
      const held = holdOf(matches, () => holds.delete(held));
      holds.add(held);
      return held;
    },
    async [Symbol.asyncDispose]() {
      for (const held of holds) held.drop();
      server.closeAllConnections();
      server.close();
    },
  };
}

function holdOf(matches: Held['matches'], lifted: () => void): Held {
  const arrival = Promise.withResolvers<PassingCall>();
  const end = Promise.withResolvers<'pass' | 'drop'>();
  let count = 0;
  const lift = (how: 'pass' | 'drop') => () => {
    lifted();
    end.resolve(how);
  };
  return {
    matches,
    arrived: arrival.promise,
    count: () => count,
    open: lift('pass'),
    drop: lift('drop'),
    keep(call) {
      count++;
      arrival.resolve(call);
      return end.promise;
    },
  };
}
