import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../instance.ts';

/**
 * What each part of the house may import, itself always included: patterns over the imported file's path, or over a
 * package's name. `packages` undefined: any. The first rule whose `of` matches a file is the file's.
 */
interface Rule {
  readonly of: RegExp;
  readonly may: readonly RegExp[];
  readonly packages?: readonly RegExp[];
  readonly because: string;
}

const domain = /^domain\//;
const platform = /^platform\//;
const client = /^client\//;
const routes = /^lambdas\/[^/]+\/routes\.ts$/;
const environment = /^(lambdas\/[^/]+|worker)\/env\.ts$/;

export const rules: readonly Rule[] = [
  { of: domain, may: [], packages: [/^zod$/], because: 'domain is pure: rules without AWS, I/O or clock' },
  { of: platform, may: [domain], because: 'platform knows the rules, and no service' },
  { of: /^lambdas\/shared\//, may: [domain, platform], because: 'what services share knows none of them' },
  {
    of: /^lambdas\/([^/]+)\//,
    may: [domain, platform, /^lambdas\/shared\//],
    because: 'a service never imports another: it calls it, or is told by an event',
  },
  { of: /^worker\//, may: [domain, platform], because: 'the worker knows rules and platform, and no service' },
  { of: client, may: [domain, routes], because: 'the client is for browsers: routes and rules only' },
  { of: /^(web|cli)\//, may: [domain, client, routes], because: 'apps know the API by its routes and client' },
  {
    of: /^lib\//,
    may: [domain, platform, routes, environment],
    because: 'of a service, infrastructure reads data only',
  },
  { of: /^bin\//, may: [domain, /^lib\//, client, routes], because: 'programs that make templates and documents' },
  { of: /^local\//, may: [domain, platform, client, /^lib\/config\//], because: 'the local cloud stands outside' },
  { of: /^(test|bench)\//, may: [/./], because: 'tests and benchmarks may look at everything' },
];

const parts = [
  'domain',
  'platform',
  'lambdas',
  'worker',
  'client',
  'web',
  'cli',
  'lib',
  'bin',
  'local',
  'test',
  'bench',
];

/** `import … from`, `import '…'`, `export … from`, `import('…')`: types included. Biome sees to their form. */
const importForms =
  /^import\s(?:[^'";]*?\sfrom\s)?'([^']+)'|^export\s(?:type\s)?(?:\*|\{)[^'";]*?\sfrom\s'([^']+)'|\bimport\('([^']+)'\)/gm;
const specifiers = (text: string) => [...text.matchAll(importForms)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');

/** Each import that no rule allows, in a sentence. */
export function forbiddenImports(files: Iterable<readonly [path: string, text: string]>): string[] {
  const found: string[] = [];
  for (const [path, text] of files) {
    const rule = rules.find(({ of }) => of.test(path));
    for (const specifier of rule ? specifiers(text) : []) {
      if (rule && !isAllowed(rule, path, specifier)) found.push(`${path} imports ${specifier}: ${rule.because}`);
    }
  }
  return found;
}

function isAllowed(rule: Rule, path: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) return rule.packages === undefined || rule.packages.some((p) => p.test(specifier));
  const target = join(dirname(path), specifier);
  // Of a rule about several folders, itself means the same folder of them.
  const itself = rule.of.exec(path)?.[0] ?? path;
  return target.startsWith(itself) || rule.may.some((m) => m.test(target));
}

/** The source files of the house. */
export function* sourceFiles(): Generator<readonly [string, string]> {
  for (const part of parts) {
    for (const entry of readdirSync(join(root, part), { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !/\.(ts|tsx|mjs)$/.test(file) || /\/(node_modules|dist)\//.test(file)) continue;
      yield [relative(root, file), readFileSync(file, 'utf8')];
    }
  }
}
