import { relative } from 'node:path';
import type { Demo } from './demo-accounts.ts';
import { readDone } from './done.ts';
import type { Uploaded } from './first-video.ts';
import { type Instance, placesOf, siteOf } from './instance.ts';

interface Shown {
  readonly instance: Instance;
  readonly demo: Demo | undefined;
  /** The video that this start has sent, if it has. */
  readonly video: Uploaded | undefined;
  readonly startedInMs: number | undefined;
  /** Whether it runs on without the command. */
  readonly detached: boolean;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** The last thing that `npm start` says. */
export function screen({ instance, demo, video, startedInMs, detached }: Shown): string {
  const site = siteOf(instance);
  const rows: [string, string][] = [[startedInMs === undefined ? 'Runs already' : 'Sluice is up', site]];
  if (demo) {
    rows.push(['Sign in', `${demo.creator.email}   ${demo.creator.password}   (creator: uploads)`]);
    rows.push(['', `${demo.viewer.email}   ${demo.viewer.password}   (viewer)`]);
    rows.push(['', `${demo.admin.email}   ${demo.admin.password}   (admin)`]);
  }
  rows.push(...videoRows(instance, video));
  rows.push(['Logs', relative(process.cwd(), placesOf(instance).logs)]);
  rows.push(['State', 'survives a stop and a start; npm start -- --fresh begins anew']);
  if (startedInMs !== undefined) rows.push(['Started in', seconds(startedInMs)]);
  rows.push(['To stop', detached ? 'npm stop' : 'Ctrl-C']);
  return `\n${rows.map(([name, text]) => `  ${name.padEnd(14)}${text}`).join('\n')}\n`;
}

function videoRows(instance: Instance, video: Uploaded | undefined): [string, string][] {
  if (!video) {
    const { firstVideo } = readDone(instance);
    return firstVideo ? [['Video', `${siteOf(instance)}/watch/${firstVideo}   (sent by an earlier start)`]] : [];
  }
  const { uploadEnd, playable, ready } = video.times;
  const after = (time: number | null) => (time === null ? 'not yet' : seconds(time - uploadEnd));
  return [
    ['Video', video.page],
    ['', `playable ${after(playable)} after its upload ended, all of it ready after ${after(ready)}`],
  ];
}
