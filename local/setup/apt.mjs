import { existsSync } from 'node:fs';
import { installFailure, run } from './run.mjs';
import { step } from './screen.mjs';

/** Whether Debian packages can be installed without asking anybody. */
export const canUseApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs Debian packages; their lists are read anew first, since a fresh machine has none. */
export async function apt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step(`Debian packages: ${packages.join(', ')}`, async () => {
    await run('apt-get', ['update', '-q'], { log: 'apt', env });
    const result = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
      log: 'apt',
      env,
    });
    if (result.code !== 0) throw installFailure(packages.join(', '), 'apt-get', result, 'apt');
  });
}
