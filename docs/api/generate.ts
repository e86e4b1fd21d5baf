/** Writes openapi.json and problems.md beside itself from the registries. Run by Node >= 24: `node docs/api/generate.ts`. */
import { writeFileSync } from 'node:fs';
import { registry } from '../../client/registry.ts';
import { openApi } from './openapi.ts';
import { problemsPage } from './problems.ts';

const write = (name: string, text: string) => writeFileSync(new URL(name, import.meta.url), text);
write('openapi.json', `${JSON.stringify(openApi(registry), null, 2)}\n`);
write('problems.md', problemsPage(registry));
