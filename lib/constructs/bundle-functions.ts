import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/**
 * Makes the code of Lambda functions: for each entry a folder of its name with `index.mjs` and what that loads later.
 * A program of its own, since CDK waits for bundles and esbuild's plugins do not run in what is waited for.
 *
 * node bundle-functions.ts ROOT FOLDER ENTRY…
 */
const [root = '', folder = '', ...entries] = process.argv.slice(2);

/**
 * The SDK names the fields of its schemas by constants (`{ [_hH]: … }`), which to esbuild are expressions that may do
 * something: so it keeps all schemas of S3, whichever are used. Named plainly, those that nothing uses go.
 */
function plainlyNamed(schemas: string): string {
  const names = new Map([...schemas.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, text]) => [name, text]));
  return schemas.replaceAll(/\[(_\w+)\]:/g, (computed, name: string) => `${names.get(name) ?? computed.slice(0, -1)}:`);
}

const unusedParts: Plugin = {
  name: 'unused parts of the SDK',
  setup({ onLoad }) {
    onLoad({ filter: /\/@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_\d+\.js$/ }, ({ path }) => ({
      contents: plainlyNamed(readFileSync(path, 'utf8')),
    }));
    // Of its description a client reads its version, to say it in `User-Agent`.
    onLoad({ filter: /\/@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

const usual = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // What a function has in its environment, and what it never reads (docs/decisions/0009).
  alias: {
    '@aws-sdk/credential-provider-node': './lambdas/shared/credentials.ts',
    '@smithy/core/event-streams': './lambdas/shared/event-streams.ts',
  },
  plugins: [unusedParts],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  // CommonJS packages among the dependencies call `require` for Node's own modules.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Whether code of ours in a bundle loads something later. What libraries load so is small, or never loaded. */
const loadsLater = ({ inputs, outputs }: Metafile, entry: string): boolean => {
  const made = Object.values(outputs).find(({ entryPoint }) => entryPoint === entry);
  const ours = Object.keys(made?.inputs ?? {}).filter((input) => !input.includes('node_modules/'));
  return ours.some((input) => inputs[input]?.imports.some(({ kind }) => kind === 'dynamic-import'));
};

/** The pieces that a piece imports, at once or later, and itself. */
function reachedFrom(path: string, outputs: Metafile['outputs'], reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(path)) return reached;
  reached.add(path);
  for (const next of outputs[path]?.imports ?? []) if (!next.external) reachedFrom(next.path, outputs, reached);
  return reached;
}

// In one pass: they share nearly all that they are made of, and it is read once.
const { metafile } = await build({
  ...usual,
  entryPoints: Object.fromEntries(entries.map((entry) => [`${entry}/index`, entry])),
  outdir: folder,
  metafile: true,
});
// Together, these would share pieces; each has to have its own.
for (const entry of entries.filter((entry) => loadsLater(metafile, entry))) {
  const outdir = join(folder, entry);
  const { metafile: own } = await build({
    ...usual,
    entryPoints: { index: entry },
    outdir,
    splitting: true,
    metafile: true,
  });
  // A piece is made of all that any code imports later, though that code be of no use itself.
  const [index = ''] = Object.entries(own.outputs).find(([, { entryPoint }]) => entryPoint === entry) ?? [];
  const needed = reachedFrom(index, own.outputs);
  for (const path of Object.keys(own.outputs)) if (!needed.has(path.replace(/\.map$/, ''))) rmSync(join(root, path));
}
