import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Refusal } from './refusal.mjs';
import { installFailure, run } from './run.mjs';
import { step } from './screen.mjs';

export const node24 = join(root, 'node_modules/.bin/node');

/** Makes node_modules what package-lock.json says, and node_modules/.bin/node a Node 24. */
export async function installNodePackages() {
  if (!isInstalled()) {
    await step('npm packages', async () => {
      const result = await run('npm', ['ci', '--no-audit', '--no-fund'], { log: 'npm' });
      if (result.code === undefined)
        throw new Refusal(
          'npm is not installed. Install it: it comes with Node from nodejs.org, or is the package "npm".',
        );
      if (result.code !== 0) throw installFailure('The npm packages', 'npm', result, 'npm');
    });
  }
  if (!(await isNode24())) await step('Node 24', placeNode24);
}

/** Compares package-lock.json with npm's own record of what it installed. */
function isInstalled() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { packages: installed } = JSON.parse(readFileSync(installedFile, 'utf8'));
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are those of other systems too.
    return found ? found.version === version && existsSync(join(root, path)) : optional === true;
  });
}

async function isNode24() {
  const { code, output } = await run(node24, ['--version']);
  return code === 0 && output.startsWith('v24.');
}

/** The npm package `node` gets its binary in an install script, which newer versions of npm do not run unasked. */
async function placeNode24() {
  const result = await run(process.execPath, ['installArchSpecificPackage.js'], {
    log: 'npm',
    cwd: join(root, 'node_modules/node'),
  });
  if (!existsSync(node24)) symlinkSync('../node/bin/node', node24);
  if (await isNode24()) return;
  throw installFailure('Node 24', 'npm', result, 'npm');
}
