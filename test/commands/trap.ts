import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Listens, answers nobody, and counts who comes. */
export interface Trap extends Disposable {
  readonly url: string;
  readonly visitors: () => number;
}

export async function trap(): Promise<Trap> {
  let visitors = 0;
  const server = createServer((socket) => {
    visitors++;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visitors: () => visitors,
    [Symbol.dispose]: () => void server.close(),
  };
}
