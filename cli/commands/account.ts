import { text } from 'node:stream/consumers';
import { password as hidden, input } from '@inquirer/prompts';
import type { Command } from 'commander';
import { accountAt, alone, dropAccount } from '../credentials.ts';
import { Failure } from '../failure.ts';
import { printLine, run } from '../output.ts';
import { signedInClient } from '../session.ts';
import { chooseSite, signIn } from '../sign-in.ts';

const onTerminal = { output: process.stderr };

/** From the environment, else asked for. */
async function askEmail(): Promise<string> {
  const given = process.env['SLUICE_EMAIL'];
  if (given) return given;
  if (!process.stdin.isTTY) throw new Failure('email-missing', 'Set SLUICE_EMAIL, or sign in from a terminal.');
  return input({ message: 'E-mail' }, onTerminal);
}

/** Never an argument: those can be read by everybody on the machine and stay in the shell's history. */
async function askPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin) return (await text(process.stdin)).replace(/\r?\n$/, '');
  const given = process.env['SLUICE_PASSWORD'];
  if (given) return given;
  if (!process.stdin.isTTY) throw new Failure('password-missing', 'Set SLUICE_PASSWORD, or use --password-stdin.');
  return hidden({ message: 'Password' }, onTerminal);
}

/** A code lasts half a minute: it is asked for when it is needed. */
async function askCode(): Promise<string> {
  const given = process.env['SLUICE_CODE'];
  if (given) return given;
  if (!process.stdin.isTTY)
    throw new Failure('code-missing', 'The account asks for a code of your authenticator app: set SLUICE_CODE.');
  const message = 'Code of your authenticator app';
  const sixDigits = (text: string) => /^\d{6}$/.test(text.trim()) || 'Six digits';
  return (await input({ message, validate: sixDigits }, onTerminal)).trim();
}

export function addAccountCommands(program: Command): void {
  program
    .command('login')
    .description(
      'sign in; asks for e-mail address, password and, with a second factor, code, or takes SLUICE_EMAIL, SLUICE_PASSWORD and SLUICE_CODE',
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--site <url>', 'the site to sign in to')
    .action((options: { passwordStdin?: true; site?: string }) =>
      run(false, async () => {
        const site = await chooseSite(options.site);
        if (options.passwordStdin && !process.env['SLUICE_EMAIL']) {
          throw new Failure('email-missing', 'Set SLUICE_EMAIL: standard input is taken by the password.');
        }
        const email = await askEmail();
        const password = await askPassword(options.passwordStdin ?? false);
        await alone(() => signIn(site, { email, password, askCode }));
        printLine(`Signed in to ${site} as ${email}.`);
      }),
    );

  program
    .command('logout')
    .description('sign out and forget the tokens')
    .option('--everywhere', 'end your sessions on all devices')
    .option('--site <url>', 'the site to sign out of')
    .action((options: { everywhere?: true; site?: string }) =>
      run(false, async () => {
        const site = await chooseSite(options.site);
        if ((await accountAt(site)) === undefined) return void printLine(`You are not signed in to ${site}.`);
        try {
          const { auth } = signedInClient(site);
          await (options.everywhere ? auth.endSessions() : auth.logout());
        } finally {
          await alone(() => dropAccount(site));
        }
        printLine(`Signed out of ${site}.`);
      }),
    );
}
