import { allTables, markdown } from './simulation/tables.ts';

/**
 * How the pipeline behaves with fleets and loads that are not to be had here: a discrete-event simulation of the product's
 * own rules with measured job times. The same in every run. `--json`: the results as data.
 */
const { results, tables } = allTables();
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
else for (const [name, table] of Object.entries(tables)) process.stdout.write(`## ${name}\n\n${markdown(table)}\n\n`);
