import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, placesOf, root } from '../../../../local/instance.ts';
import { type Supervisor, startSupervisor } from '../../../../local/supervisor/client.ts';
import { startOf } from '../../../../local/supervisor/process-identity.ts';
import type { Notice, Service } from '../../../../local/supervisor/protocol.ts';
import { readRunFile, writeRunFile } from '../../../../local/supervisor/run-file.ts';
import { stopInstance } from '../../../../local/supervisor/stop-instance.ts';
import { soon } from '../../../commands/soon.ts';

let instance: Instance;
let notices: Notice[];
let supervisor: Supervisor;

beforeEach(() => {
  instance = { name: `unit-${process.pid}`, edgePort: 1, cloudPort: 1 };
  notices = [];
});
afterEach(async () => {
  await stopInstance(instance);
  rmSync(placesOf(instance).state, { recursive: true, force: true });
});

const start = () => {
  supervisor = startSupervisor(instance, (notice) => notices.push(notice));
};
const service = (name: Service['name'], script: string, more: Partial<Service> = {}): Service => ({
  name,
  command: process.execPath,
  args: ['-e', script],
  env: {},
  logFile: join(placesOf(instance).logs, `${name}.log`),
  readyWhen: { says: '' },
  onDeath: 'restart',
  stopSeconds: 5,
  ...more,
});
const runsOn = 'setInterval(() => {}, 1000);';
const pidOf = (name: Service['name']) => readRunFile(instance)?.services[name]?.pid ?? 0;
const isGone = (pid: number) => startOf(pid) === undefined;

describe('the supervisor', () => {
  it('starts services again that have died, with what they left behind gone', async () => {
    start();
    const child = `const c = require('node:child_process').spawn(process.execPath, ['-e', '${runsOn}']); console.log('child', c.pid);`;
    await supervisor.run(service('worker', child + runsOn));
    const log = join(placesOf(instance).logs, 'worker.log');
    await soon(() => expect(readFileSync(log, 'utf8')).toMatch(/child \d+/));
    const [first, itsChild] = [pidOf('worker'), Number(/child (\d+)/.exec(readFileSync(log, 'utf8'))?.[1])];
    process.kill(first, 'SIGKILL');
    await soon(() => expect(notices).toContainEqual({ is: 'restarted', name: 'worker', why: 'ended by SIGKILL' }));
    expect(pidOf('worker')).not.toBe(first);
    await soon(() => expect(isGone(itsChild)).toBe(true));
    await supervisor.stop();
  });

  it('ends all in order: nothing may ask the cloud once it is gone', async () => {
    start();
    const order = join(placesOf(instance).logs, 'order');
    const saysAtEnd = (word: string) =>
      `process.on('SIGTERM', () => { require('node:fs').appendFileSync('${order}', '${word} '); process.exit(0); });`;
    for (const name of ['cloud', 'worker', 'edge'] as const) {
      const script = `${saysAtEnd(name)}${runsOn} console.log('up')`;
      await supervisor.run(service(name, script, { readyWhen: { says: 'up' } }));
    }
    const pids = [pidOf('cloud'), pidOf('worker'), pidOf('edge')];
    await supervisor.stop();
    expect(readFileSync(order, 'utf8')).toBe('edge worker cloud ');
    expect(pids.every(isGone)).toBe(true);
    expect(readRunFile(instance)).toBeUndefined();
  });

  it('ends everything when nothing works any more', async () => {
    start();
    await supervisor.run(service('cloud', runsOn, { onDeath: 'stopAll' }));
    await supervisor.run(service('worker', runsOn));
    const worker = pidOf('worker');
    process.kill(pidOf('cloud'), 'SIGKILL');
    await supervisor.ended;
    expect(isGone(worker)).toBe(true);
    expect(notices.at(-1)).toMatchObject({ is: 'stopping' });
  });

  it('says the last words of a service that does not come up', async () => {
    start();
    const failing = service('edge', "console.log('no such bucket'); process.exit(3)", {
      readyWhen: { answers: 'http://127.0.0.1:1/' },
    });
    await expect(supervisor.run(failing)).rejects.toThrow(/edge ended with code 3\n.*no such bucket/s);
    await supervisor.stop();
  });

  it('ends everything when the command that started it is killed', async () => {
    const command = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `
      const { startSupervisor } = await import('${join(root, 'local/supervisor/client.ts')}');
      const s = startSupervisor(${JSON.stringify(instance)}, () => {});
      await s.run(${JSON.stringify(service('worker', runsOn))});
      console.log('up');
    `,
    ]);
    await once(command.stdout, 'data');
    const pids = [readRunFile(instance)?.supervisor.pid ?? 0, pidOf('worker')];
    command.kill('SIGKILL');
    await soon(() => expect(pids.every(isGone)).toBe(true));
  });

  it('runs on after it was let go, until npm stop', async () => {
    start();
    await supervisor.run(service('worker', runsOn));
    supervisor.letGo();
    const worker = pidOf('worker');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isGone(worker)).toBe(false);
    expect(await stopInstance(instance)).toBe(true);
    expect(isGone(worker)).toBe(true);
    expect(await stopInstance(instance)).toBe(false);
  });
});

it('npm stop leaves processes alone that have got the number of one of ours', async () => {
  const stranger = spawn(process.execPath, ['-e', runsOn]);
  await once(stranger, 'spawn');
  const ours = { pid: stranger.pid ?? 0, startedAt: 'before it' };
  writeRunFile(instance, { supervisor: ours, edgePort: 1, cloudPort: 1, services: { worker: ours } });
  expect(await stopInstance(instance)).toBe(false);
  expect(isGone(ours.pid)).toBe(false);
  stranger.kill();
});
