#!/usr/bin/env node
// The way in for `npm start`, `npm stop`, `npm test`, `npm run check` and the benchmarks: plain JavaScript without
// dependencies, because nothing is installed yet. Everything after it runs on the Node that package-lock.json names.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Node ${process.versions.node} is too old: Sluice needs Node 20 or newer. Install it from your package manager or with nvm.`,
  );
  process.exit(1);
}
import('./setup/main.mjs').then(({ main }) => main(process.argv.slice(2)));
