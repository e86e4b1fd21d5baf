import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type Instance, placesOf, root, withoutAws } from '../instance.ts';
import { Notice, type Order, type Service } from './protocol.ts';

/** A command's hold on its instance's supervisor. If the command dies, the supervisor ends everything. */
export interface Supervisor {
  /** Resolves when the service can be used. @throws Error with the last lines of its log. */
  readonly run: (service: Service) => Promise<void>;
  /** Ends all services and the supervisor. */
  readonly stop: () => Promise<void>;
  /** Lets everything run on without this command. */
  readonly letGo: () => void;
  /** Resolves when the supervisor has ended. */
  readonly ended: Promise<void>;
}

export function startSupervisor(instance: Instance, onNotice: (notice: Notice) => void): Supervisor {
  const { logs } = placesOf(instance);
  mkdirSync(logs, { recursive: true });
  const log = openSync(join(logs, 'supervisor.log'), 'a');
  const child = fork(join(root, 'local/supervisor/main.ts'), [JSON.stringify(instance)], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
    env: withoutAws(),
  });
  closeSync(log);
  const ended = once(child, 'exit').then(() => undefined);
  const waiting = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  child.on('message', (message) => {
    const notice = Notice.parse(message);
    if (notice.is === 'up') waiting.get(notice.name)?.resolve();
    if (notice.is === 'failed') waiting.get(notice.name)?.reject(new Error(notice.why));
    onNotice(notice);
  });
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the supervisor has ended'));
  });
  const order = (what: Order, sent?: () => void) => child.send(what, () => sent?.());
  return {
    ended,
    run: (service) =>
      new Promise((resolve, reject) => {
        waiting.set(service.name, { resolve, reject });
        order({ do: 'run', service });
      }),
    async stop() {
      if (child.connected) order({ do: 'stop' });
      await ended;
    },
    letGo() {
      order({ do: 'stayUp' }, () => child.disconnect());
      child.unref();
    },
  };
}
