/** Writes openapi.json beside itself from the registries of routes. Run by Node >= 24: `node docs/api/generate.ts`. */
import { writeFileSync } from 'node:fs';
import { registry } from '../../client/registry.ts';
import { openApi } from './openapi.ts';

writeFileSync(new URL('openapi.json', import.meta.url), `${JSON.stringify(openApi(registry), null, 2)}\n`);
