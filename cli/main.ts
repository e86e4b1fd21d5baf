import { Command } from 'commander';
import { addAccountCommands } from './commands/account.ts';
import { addAdminCommands } from './commands/admin.ts';
import { addProcessingCommands } from './commands/processing.ts';
import { addUploadCommand } from './commands/upload.ts';
import { addVideosCommands } from './commands/videos.ts';

// Run as a child of sluice.mjs: when that process is gone, however it died, so are we.
if (process.channel) {
  process.once('disconnect', () => process.exit(1));
  process.channel.unref();
}

const program = new Command('sluice')
  .description('Sluice from the command line')
  .showHelpAfterError('(sluice --help tells what there is)')
  .addHelpText(
    'after',
    '\nThe site is --site, else SLUICE_SITE, else the one last signed in to, else http://127.0.0.1:4700.',
  );

addAccountCommands(program);
addUploadCommand(program);
addVideosCommands(program);
addProcessingCommands(program);
addAdminCommands(program);

await program.parseAsync();
