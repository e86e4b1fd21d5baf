import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../../../local/instance.ts';

/** A clone in which nothing is set up, on a machine whose commands are ours. */
let clone: string;
let commands: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'sluice-clone-'));
  commands = join(clone, 'commands');
  mkdirSync(commands);
  for (const part of [
    'package.json',
    'package-lock.json',
    'local/bootstrap.mjs',
    'local/setup',
    'local/requirements.txt',
  ]) {
    cpSync(join(root, part), join(clone, part), { recursive: true });
  }
  writeFileSync(join(clone, 'local/check.ts'), "console.log('ran on', process.version); process.exit(7);");
});
afterEach(() => rmSync(clone, { recursive: true }));

const withNodePackages = () => {
  mkdirSync(join(clone, 'cli'));
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  // Through the link it would take away the packages that this test runs on, should they not be those of the lock.
  command('npm', 'exit 1');
};
const command = (name: string, script: string) => {
  writeFileSync(join(commands, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(commands, name), 0o755);
};

const bootstrap = (...args: string[]) => bootstrapIn(`${commands}:/bin`, ...args);

function bootstrapIn(path: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(clone, 'local/bootstrap.mjs'), ...args], {
    env: { PATH: path, HOME: clone },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      said += data;
    });
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

/** A Python that makes an environment whose pip ends as told. */
const pythonWithPip = (pip: string) =>
  command(
    'python3',
    `case "$*" in
  *version_info*) echo 3.11 ;;
  *venv*) for last; do :; done; mkdir -p "$last/bin"; printf '#!/bin/sh\\n%s\\n' '${pip}' > "$last/bin/python"; chmod +x "$last/bin/python" ;;
esac`,
  );

const nobodyElse = (said: string) => expect(said).not.toMatch(/\bat .*:\d+:\d+|Error:/);

describe('a machine that lacks something gets one sentence and what to do', () => {
  it.each([
    ['is too old', 'echo 3.8', 'Python 3.8 is too old: the local cloud needs Python 3.10 or newer. Install it'],
    ['is missing', 'exit 127', 'Python is not installed: the local cloud needs Python 3.10 or newer. Install it'],
  ])('Python %s', async (_, script, sentence) => {
    withNodePackages();
    for (const name of ['python3', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python'])
      command(name, script);
    const { code, said } = await bootstrap('check');
    expect(said).toContain(sentence);
    expect(code).toBe(1);
    nobodyElse(said);
  });

  it('a wheel that does not exist', async () => {
    withNodePackages();
    pythonWithPip('echo "ERROR: No matching distribution found for duckdb>=1"; exit 1');
    const { code, said } = await bootstrap('check');
    expect(said).toContain('There is no ready-made build of duckdb>=1 for this machine');
    expect(code).toBe(1);
    nobodyElse(said);
  });

  it('no way to the registries', async () => {
    command('npm', 'echo "npm error code ENOTFOUND"; exit 1');
    pythonWithPip('exec sleep 60');
    const npm = await bootstrap('check');
    expect(npm.said).toContain('The npm packages could not be downloaded: the package registry');
    // Nor does it wait for what was installed beside them.
    expect(npm.said).not.toContain('Python packages');
    withNodePackages();
    pythonWithPip(
      'echo "NewConnectionError: Temporary failure in name resolution"; echo "ERROR: No matching distribution found for boto3"; exit 1',
    );
    const pip = await bootstrap('check');
    expect(pip.said).toContain('The Python packages could not be downloaded: the package registry');
    nobodyElse(npm.said + pip.said);
  });

  it('no npm', async () => {
    const { code, said } = await bootstrapIn(commands, 'check');
    expect(said).toContain('npm is not installed. Install it');
    expect(code).toBe(1);
  });

  it('a port that somebody listens on', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const { code, said } = await bootstrap('start', '--port', String(port));
    server.close();
    expect(said).toMatch(
      new RegExp(
        `Port ${port} is taken( by .+ \\(process ${process.pid}\\))?\\. Stop that program, or choose another port`,
      ),
    );
    expect(code).toBe(1);
  });
});

it('hands over to Node 24, and answers with its exit code', async () => {
  withNodePackages();
  // As an earlier start would have left it.
  mkdirSync(join(clone, '.sluice/venv/bin'), { recursive: true });
  pythonWithPip(
    'case "$*" in *imageio_ffmpeg*) echo "{\\"ffmpeg\\":\\"/bin/true\\",\\"ffprobe\\":\\"/bin/true\\",\\"packager\\":\\"/bin/true\\"}" ;; esac',
  );
  const { code, said } = await bootstrap('check');
  expect(said).toMatch(/ran on v24\./);
  expect(code).toBe(7);
});
