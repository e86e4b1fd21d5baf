import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { startOf } from './process-identity.ts';
import { type Notice, Order, type Service, type ServiceName } from './protocol.ts';
import { removeRunFile, writeRunFile } from './run-file.ts';
import { type ServiceProcess, startProcess } from './service-process.ts';

/**
 * The process that owns an instance's cloud, worker and edge: starts them as it is told, restarts what may be
 * restarted, and ends them all in order when it is told to, is signalled, or loses the command that started it.
 */
const instance = z
  .object({ name: z.string(), edgePort: z.int(), cloudPort: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''));

/** Nothing may ask the cloud once it is gone: it goes last. */
const stopOrder: readonly ServiceName[] = ['edge', 'worker', 'cloud'];
/** A service that ends this often in a row is not helped by starting it again. */
const mostRestarts = 6;
/** A run of this length ends the row. */
const steadyMs = 60_000;

const processes = new Map<ServiceName, ServiceProcess>();
const myself = { pid: process.pid, startedAt: startOf(process.pid) ?? '' };
let stayUp = false;
let stopping: Promise<never> | undefined;

const tell = (notice: Notice) => {
  console.log(JSON.stringify({ at: new Date().toISOString(), ...notice }));
  if (process.connected) process.send?.(notice);
};

const record = () => {
  const alive = [...processes].flatMap(([name, { pid }]) => {
    const startedAt = startOf(pid);
    return startedAt === undefined ? [] : [[name, { pid, startedAt }]];
  });
  const services = Object.fromEntries(alive);
  writeRunFile(instance, { supervisor: myself, edgePort: instance.edgePort, cloudPort: instance.cloudPort, services });
};

function launch(service: Service, again: boolean): ServiceProcess {
  const launched = startProcess(service, again);
  processes.set(service.name, launched);
  record();
  return launched;
}

async function run(service: Service): Promise<void> {
  const first = launch(service, false);
  try {
    await first.ready();
  } catch (error) {
    processes.delete(service.name);
    await first.stop();
    tell({ is: 'failed', name: service.name, why: error instanceof Error ? error.message : String(error) });
    return;
  }
  tell({ is: 'up', name: service.name });
  void keep(first);
}

/** Waits for the end of a service, and starts it again or gives up. */
async function keep(process: ServiceProcess): Promise<void> {
  let current = process;
  for (let row = 0; ; row++) {
    const began = Date.now();
    const why = await current.ended;
    if (stopping) return;
    if (Date.now() - began > steadyMs) row = 0;
    const { service } = current;
    if (service.onDeath === 'stopAll' || row >= mostRestarts)
      return stopAll(`${service.name} ${why}; see ${service.logFile}`);
    await sleep(row === 0 ? 0 : 500 * 2 ** row);
    if (stopping) return;
    current = launch(service, true);
    tell({ is: 'restarted', name: service.name, why });
  }
}

function stopAll(why: string): Promise<never> {
  stopping ??= (async () => {
    tell({ is: 'stopping', why });
    for (const name of stopOrder) await processes.get(name)?.stop();
    removeRunFile(instance);
    process.exit(0);
  })();
  return stopping;
}

process.on('message', (message) => {
  const order = Order.parse(message);
  if (order.do === 'run') void run(order.service);
  else if (order.do === 'stop') void stopAll('told to');
  else stayUp = true;
});
process.on('disconnect', () => {
  if (!stayUp) void stopAll('the command that started it has ended');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll(signal));
record();
