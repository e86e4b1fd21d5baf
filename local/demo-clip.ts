import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { home, root } from './instance.ts';
import { runLogged } from './run-logged.ts';
import { tools } from './tools.ts';

const seconds = 20;
const font = join(root, 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf');
const text = (what: string, size: number, y: string) =>
  `drawtext=fontfile=${font}:text='${what}':fontsize=${size}:fontcolor=white:x=(w-tw)/2:y=${y}`;
/** The first 70 ms of each second. */
const atEachSecond = 'lt(mod(t,1),0.07)';

/** 20 s of 720p with its time and frame number in the picture, and a flash and a beep at each second. */
export async function demoClip(): Promise<string> {
  const file = join(home, 'Welcome to Sluice.mp4');
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = join(home, 'welcome.unfinished.mp4');
  const picture = `gradients=s=320x180:r=30:d=${seconds}:n=4:speed=0.008:c0=0x12355b:c1=0x420039:c2=0xd72638:c3=0x3f88c5:seed=7,scale=1280:720:flags=bilinear`;
  const overlays = [
    text('%{pts\\:hms}', 120, '(h-th)/2'),
    text('frame %{n}', 44, 'h*0.64'),
    `drawbox=x=iw/2-40:y=ih*0.2:w=80:h=80:color=white:t=fill:enable='${atEachSecond}'`,
  ];
  const sound = `aevalsrc='0.5*sin(2*PI*1000*t)*${atEachSecond}':s=48000:d=${seconds}`;
  const encoding = [
    '-c:v',
    'libx264',
    '-preset',
    'superfast',
    '-crf',
    '20',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-b:a',
    '128k',
    '-movflags',
    '+faststart',
  ];
  await runLogged(
    tools().ffmpeg,
    [
      '-nostdin',
      '-y',
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      [picture, ...overlays].join(','),
      '-f',
      'lavfi',
      '-i',
      sound,
      ...encoding,
      unfinished,
    ],
    {
      env: process.env,
      logFile: join(home, 'logs/demo-clip.log'),
    },
  );
  renameSync(unfinished, file);
  return file;
}
