import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Everything that we make on this machine, but for node_modules. */
export const home = join(root, '.sluice');
export const logs = join(home, 'logs');
