import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** XDG Base Directory Specification: a relative path in a variable is to be ignored. */
const base = (variable: string, ...fallback: string[]) => {
  const given = process.env[variable];
  return given && isAbsolute(given) ? given : join(homedir(), ...fallback);
};

export const credentialsPath = () => join(base('XDG_CONFIG_HOME', '.config'), 'sluice', 'credentials.json');
export const uploadsDirectory = () => join(base('XDG_STATE_HOME', '.local', 'state'), 'sluice', 'uploads');

/** Where `npm start` tells which demo accounts the local cloud has. */
export const demoPath = () => join(import.meta.dirname, '..', '.sluice', 'local', 'demo.json');

export const defaultSite = 'http://127.0.0.1:4700';
