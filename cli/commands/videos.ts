import type { Command } from 'commander';
import open from 'open';
import { printLine, run } from '../output.ts';
import { chooseSite } from '../sign-in.ts';
import { deleting, restoring, showingTrash } from '../videos/delete.ts';
import { downloading } from '../videos/download.ts';
import { editing } from '../videos/edit.ts';
import { pageUrl, parseId } from '../videos/ids.ts';
import { listing } from '../videos/list.ts';
import { showing } from '../videos/show.ts';

/** `sluice videos …`, and short forms of what is asked most. */
export function addVideosCommands(program: Command): void {
  const videos = program
    .command('videos')
    .description('your videos: list (also without a word), show, edit, download, delete, restore, trash');
  listing(videos.command('list', { isDefault: true }));
  showing(videos.command('show'), { all: true });
  editing(videos.command('edit'));
  downloading(videos.command('download'));
  deleting(videos.command('delete'));
  restoring(videos.command('restore'));
  showingTrash(videos.command('trash'));

  showing(program.command('status'), { all: false });
  listing(program.command('list'));
  program
    .command('open')
    .description('open a video in the browser')
    .argument('<id>', 'id of the video')
    .option('--site <url>', 'the site it is on')
    .action((id: string, options: { site?: string }) =>
      run(false, async () => {
        const url = pageUrl(await chooseSite(options.site), parseId(id));
        printLine(url);
        const opener = await open(url);
        // Without a browser on this machine the address above is all there is to do.
        opener.on('error', () => {});
      }),
    );
}
