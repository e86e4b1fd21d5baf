import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { home } from './paths.mjs';
import { Refusal } from './refusal.mjs';
import { run } from './run.mjs';

const usual = { '--port': 4700, '--cloud-port': 4710 };

/** Refuses to start on ports that somebody else listens on. */
export async function checkPorts(args) {
  const ours = await ourProcesses();
  for (const [option, port] of Object.entries(usual)) {
    const at = args.indexOf(option);
    const wanted = at === -1 ? port : Number(args[at + 1]);
    if (!(await answers(wanted))) continue;
    const pid = process.platform === 'linux' ? await pidFromProc(wanted) : await pidFromLsof(wanted);
    if (pid && ours.includes(Number(pid))) continue;
    throw new Refusal(
      `Port ${wanted} is taken${pid ? ` by ${await nameOf(pid)} (process ${pid})` : ''}. Stop that program, or choose another port: npm start -- ${option} ${wanted + 100}`,
    );
  }
}

/** What runs of an earlier start; start.ts knows what to do with it. */
async function ourProcesses() {
  const text = await readFile(join(home, 'local/run.json'), 'utf8').catch(() => '{}');
  const { services = {} } = JSON.parse(text);
  return Object.values(services).map(({ pid }) => pid);
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (taken) => {
      socket.destroy();
      resolve(taken);
    };
    socket.setTimeout(1000, () => end(true));
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });

async function nameOf(pid) {
  const { code, output } = await run('ps', ['-o', 'comm=', '-p', pid]);
  return code === 0
    ? output.trim()
    : readFile(`/proc/${pid}/comm`, 'utf8').then(
        (name) => name.trim(),
        () => 'a program',
      );
}

async function pidFromLsof(port) {
  const { output } = await run('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN']);
  return /^\d+/.exec(output)?.[0];
}

/** /proc/net/tcp gives the listening socket's inode, the process's open files give its owner. */
async function pidFromProc(port) {
  const listening = '0A';
  const tables = await Promise.all(['tcp', 'tcp6'].map((t) => readFile(`/proc/net/${t}`, 'utf8').catch(() => '')));
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(1)).map((line) => line.trim().split(/\s+/));
  const row = rows.find((r) => r[3] === listening && Number.parseInt(r[1].split(':')[1], 16) === port);
  if (!row) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      if ((await readlink(`/proc/${pid}/fd/${file}`).catch(() => '')) === `socket:[${row[9]}]`) return pid;
    }
  }
  return undefined;
}
