import { runChecks } from './check/checks.ts';

/** `npm run check`: types, lint, dependency direction, the API's description, templates. */
const { passed, failed } = await runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
