import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { removeState } from './cloud/state.ts';
import { type Demo, demoAccounts, readDemo } from './demo-accounts.ts';
import { demoClip } from './demo-clip.ts';
import { noteDone, readDone } from './done.ts';
import { sendVideo, type Uploaded } from './first-video.ts';
import { defaultInstance, type Instance } from './instance.ts';
import { screen } from './screen.ts';
import { show } from './show.ts';
import type { Step } from './steps.ts';
import { startSupervisor } from './supervisor/client.ts';
import type { Notice } from './supervisor/protocol.ts';
import { isAlive, readRunFile } from './supervisor/run-file.ts';
import { stopInstance } from './supervisor/stop-instance.ts';
import { stepsUp } from './up.ts';

/** `npm start`: everything up, with a video to watch. */

const began = Date.now();
const usage = `npm start -- [FILE] [options]: everything up, with a video to watch

  FILE              a video of yours to begin with, instead of the generated one
  --detach          return when all is up; npm stop stops it
  --fresh           forget what an earlier start left
  --port N          of the site (${defaultInstance.edgePort})
  --cloud-port N    of the local cloud (${defaultInstance.cloudPort})`;

const { values: options, positionals } = asked();
if (options.help) {
  console.log(usage);
  process.exit(0);
}
// npm runs us in the project's folder and tells where the person is.
const file = positionals[0] && resolve(process.env['INIT_CWD'] ?? '.', positionals[0]);
if (file && !existsSync(file)) {
  console.error(`There is no file ${file}.`);
  process.exit(1);
}

const instance: Instance = {
  ...defaultInstance,
  edgePort: Number(options.port),
  cloudPort: Number(options['cloud-port']),
};
const runs = readRunFile(instance);
if (runs && isAlive(runs.supervisor) && !options.fresh)
  await joinRunning({ ...instance, edgePort: runs.edgePort, cloudPort: runs.cloudPort });
else await start();

/** What the command line asks for. */
function asked() {
  try {
    return parseArgs({
      options: {
        detach: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        port: { type: 'string', default: String(defaultInstance.edgePort) },
        'cloud-port': { type: 'string', default: String(defaultInstance.cloudPort) },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    // It only fails by what was asked, and says so.
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

/** It runs already: say where, and send the file if there is one. */
async function joinRunning(running: Instance): Promise<void> {
  const sent: { video?: Uploaded } = {};
  if (file) await show([videoStep(running, async () => file, sent)]);
  console.log(
    screen({ instance: running, demo: readDemo(running), video: sent.video, startedInMs: undefined, detached: true }),
  );
}

async function start(): Promise<void> {
  // Also what a killed start has left running.
  await stopInstance(instance);
  if (options.fresh) removeState(instance);

  let ending = false;
  const supervisor = startSupervisor(instance, (notice) => !ending && announce(notice));
  const stop = async () => {
    if (ending) return;
    ending = true;
    console.log('\nStopping …');
    await supervisor.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

  const found: { demo?: Demo; video?: Uploaded } = {};
  const accounts: Step = {
    title: 'Demo accounts',
    run: async () => {
      found.demo = await demoAccounts(instance);
      return undefined;
    },
  };
  const clip: Step = { title: 'A clip to begin with', run: async () => void (await demoClip()) };
  const isFirst = () => readDone(instance).firstVideo === undefined;
  try {
    await show(stepsUp(instance, supervisor, file ? [] : [clip]));
    await show([accounts]);
    if (file || isFirst()) await show([videoStep(instance, file ? async () => file : demoClip, found)]);
  } catch (error) {
    if (ending) return;
    ending = true;
    await supervisor.stop();
    console.error(
      `\n${error instanceof Error ? error.message : error}\n\nEverything is stopped. If this comes again, start anew: npm start -- --fresh`,
    );
    process.exit(1);
  }
  console.log(
    screen({
      instance,
      demo: found.demo,
      video: found.video,
      startedInMs: Date.now() - began,
      detached: options.detach,
    }),
  );

  if (options.detach) {
    supervisor.letGo();
    return;
  }
  await supervisor.ended;
  if (!ending) process.exit(1);
}

function videoStep(target: Instance, fileOf: () => Promise<string>, sent: { video?: Uploaded }): Step {
  return {
    title: 'First video, by the real upload',
    run: async (report) => {
      sent.video = await sendVideo(target, await fileOf(), report);
      noteDone(target, { firstVideo: sent.video.videoId });
      return undefined;
    },
  };
}

function announce(notice: Notice): void {
  if (notice.is === 'restarted') console.log(`The ${notice.name} ${notice.why} and was started again.`);
  if (notice.is === 'stopping') console.error(`Stopping: ${notice.why}.`);
}
