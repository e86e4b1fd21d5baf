import type { Command } from 'commander';
import { Role } from '../../domain/access/roles.ts';
import { Failure } from '../failure.ts';
import { printJson, printLine, run } from '../output.ts';
import { personNamed } from '../person.ts';
import { type Client, signedInClient } from '../session.ts';
import { chooseSite } from '../sign-in.ts';

interface Options {
  json?: true;
  site?: string;
}
type User = Awaited<ReturnType<Client['people']['getUser']>>;

/** As many as a terminal shows; who looks for somebody says how they begin. */
const maxListed = 200;

function parseRole(given: string): Role {
  const parsed = Role.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Failure('role-invalid', `"${given}" is not a role. Roles are: ${Role.options.join(', ')}.`);
}

const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);

const userLine = ({ userId, email, status, roles }: User, emailWidth: number) =>
  `${userId}  ${status.padEnd(9)}  ${email.padEnd(emailWidth)}  ${roles.join(',')}`;

const userLines = (user: User) =>
  [
    `${user.name}${user.handle === null ? '' : ` (@${user.handle})`}`,
    `e-mail   ${user.email}`,
    `id       ${user.userId}`,
    `status   ${user.status}${user.suspendedBecause === null ? '' : `: ${user.suspendedBecause}`}`,
    `roles    ${user.roles.join(', ')}`,
    `plan     ${user.memberUntil === null ? 'none' : `until ${day(user.memberUntil)}`}`,
    `since    ${day(user.createdAt)}`,
  ].join('\n');

async function listed(client: Client, query: { query?: string; by?: 'email' | 'name' | 'handle'; role?: Role }) {
  const users: User[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await client.people.listUsers({ query: { ...query, limit: 50, ...(cursor ? { cursor } : {}) } });
    users.push(...page.users);
    cursor = page.cursor;
  } while (cursor && users.length < maxListed);
  return { users, more: Boolean(cursor) };
}

/** Reads the person, has their roles changed as they were read, and shows them. */
const changeRoles = (person: string, options: Options, change: (roles: readonly Role[]) => Role[]) =>
  run(options.json, async () => {
    const { people } = signedInClient(await chooseSite(options.site));
    const { userId, roles, version } = await personNamed(people, person);
    show(await people.setRoles({ params: { userId }, body: { roles: change(roles) }, ifMatch: version }), options);
  });

const show = (user: User, { json }: Options) => (json ? printJson(user) : printLine(userLines(user)));

/** What admins do about people. */
export function addAdminCommands(program: Command): void {
  const admin = program
    .command('admin')
    .description('people, by e-mail address, @handle or id, and their roles (role admin)');
  const command = (usage: string, description: string) =>
    admin
      .command(usage)
      .description(description)
      .option('--json', 'print one JSON object')
      .option('--site <url>', 'the site they are on');

  command('users', 'people, in the order of their addresses')
    .option('--query <text>', 'how their address, name or handle begins')
    .option('--by <what>', 'what the query is of: email, name or handle', 'email')
    .option('--role <role>', 'only who has this role')
    .action((options: Options & { query?: string; by: string; role?: string }) =>
      run(options.json, async () => {
        const { by, query, role } = options;
        if (by !== 'email' && by !== 'name' && by !== 'handle') {
          throw new Failure('by-invalid', `"${by}" is none of email, name, handle.`);
        }
        const asked = { by, ...(query && { query }), ...(role && { role: parseRole(role) }) } as const;
        const found = await listed(signedInClient(await chooseSite(options.site)), asked);
        if (options.json) return void printJson(found);
        if (found.users.length === 0) return void printLine('Nobody.');
        const emailWidth = Math.max(...found.users.map(({ email }) => email.length));
        for (const user of found.users) printLine(userLine(user, emailWidth));
        if (found.more) printLine(`… and more. Say how they begin: sluice admin users --query TEXT`);
      }),
    );

  command('user <person>', 'a person').action((person: string, options: Options) =>
    run(options.json, async () => {
      const { people } = signedInClient(await chooseSite(options.site));
      show(await personNamed(people, person), options);
    }),
  );

  command('grant <person> <role>', 'give a person a role').action((person: string, role: string, options: Options) =>
    changeRoles(person, options, (roles) => [...new Set([...roles, parseRole(role)])]),
  );

  command('take <person> <role>', 'take a role from a person').action(
    (person: string, role: string, options: Options) =>
      changeRoles(person, options, (roles) => {
        const taken = parseRole(role);
        return roles.filter((held) => held !== taken);
      }),
  );

  command('reset-mfa <person>', 'ask a person for no second factor any more: they have lost it').action(
    (person: string, options: Options) =>
      run(options.json, async () => {
        const { auth, people } = signedInClient(await chooseSite(options.site));
        const { userId } = await personNamed(people, person);
        const params = { userId };
        await auth.removeTotp({ params });
        show(await people.getUser({ params }), options);
      }),
  );

  command('suspend <person>', 'shut a person out, from their next request on')
    .requiredOption('--reason <text>', 'why, for other admins to read')
    .action((person: string, options: Options & { reason: string }) =>
      run(options.json, async () => {
        const { people } = signedInClient(await chooseSite(options.site));
        const { userId } = await personNamed(people, person);
        show(await people.suspendUser({ params: { userId }, body: { reason: options.reason } }), options);
      }),
    );

  command('restore <person>', 'let a suspended person in again').action((person: string, options: Options) =>
    run(options.json, async () => {
      const { people } = signedInClient(await chooseSite(options.site));
      const { userId } = await personNamed(people, person);
      show(await people.restoreUser({ params: { userId }, body: {} }), options);
    }),
  );
}
