import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Probe } from '../../domain/media/probe.ts';
import { inputGuards } from './arguments.ts';
import { type ChildLimits, runChild } from './child.ts';
import { decodedTo } from './constant-sound.ts';
import { uploadAsItGrows } from './growing-upload.ts';
import { assertReadWhole, loopback, type OpenSource } from './loopback.ts';

/**
 * Containers that cannot be sought in exactly: MPEG streams have no index (a seek lands on a late keyframe), AVI has no
 * presentation times (B-frames come out of order). Copied once, without encoding, they behave like the rest.
 */
const unseekable = /^(mpegts|mpeg|avi|flv|asf|ogg)\b/;

export const needsRemux = (container: string): boolean => unseekable.test(container);

/** An hour, and as long as the source takes at 20 MB/s; within the 12 hours that Prepare may take as a whole. */
const timeoutFor = (sizeBytes: number) => Math.min(11 * 3600, 3600 + sizeBytes / 20e6);
/** Sound of 64 kbit/s is decoded to 1.5 Mbit/s. This much larger a copy is of a file made to fill our stores. */
const fileBytesFor = (sizeBytes: number) => 32 * sizeBytes + 64 * 1024 ** 2;
/** Read at a time, between two looks whether there is room. */
const stretchBytes = 4 * 1024 ** 2;

type RemuxLimits = Omit<ChildLimits, 'timeoutSeconds' | 'fileBytes'>;

/**
 * Sound of broadcasts goes from two channels to six and back, or changes its rate, and Matroska says of a track once what it is. So it
 * is decoded here, where all of it is read, and is from then on as it begins. It costs 2 ms of processor a second.
 */
const changesOnItsWay = /^mpeg/;

/**
 * The longest gap in the times of a stream that is held, as picture that stands still and silence: in a reception that broke off,
 * time went by. A longer one is closed, as is a jump back: behind it is another recording, or another clock. VLC draws the line here
 * too; ffmpeg by itself at 10 s.
 */
const longestHeldGapSeconds = 60;

const soundOf = ({ container, audio }: Pick<Probe, 'container' | 'audio'>): string[] => [
  ...audio.flatMap(({ streamIndex }) => ['-map', `0:${streamIndex}`]),
  ...(changesOnItsWay.test(container)
    ? audio.flatMap(({ channels }, i) => decodedTo(channels === 1 ? 1 : 2, i))
    : ['-c:a', 'copy']),
];

/**
 * Copies the picture, and the sound as it is or decoded, into Matroska; its path in `limits.cwd`. It is written from start to end,
 * and then its head once more.
 * @throws ReadShort if the source could not be read to its end.
 */
export async function remux(
  ffmpeg: string,
  { url, sizeBytes }: Pick<OpenSource, 'url' | 'sizeBytes'>,
  probe: Pick<Probe, 'container' | 'audio'>,
  limits: RemuxLimits,
): Promise<string> {
  const file = remuxedFile(limits);
  const { stderr } = await runChild(
    ffmpeg,
    [
      ...[
        '-nostdin',
        '-hide_banner',
        '-loglevel',
        'error',
        '-y',
        '-fflags',
        '+genpts',
        '-dts_delta_threshold',
        String(longestHeldGapSeconds),
        ...inputGuards('http'),
        '-i',
        url,
      ],
      // `V`: no cover.
      ...['-map', '0:V:0', '-c:v', 'copy', ...soundOf(probe), '-f', 'matroska', file],
    ],
    { ...limits, timeoutSeconds: timeoutFor(sizeBytes), fileBytes: fileBytesFor(sizeBytes) },
  );
  assertReadWhole(stderr);
  return file;
}

const remuxedFile = ({ cwd }: Pick<ChildLimits, 'cwd'>) => join(cwd, 'remuxed.mkv');

/** The same, into a bucket: it is read as fast as it can be stored, so that the disk holds some parts of it and no more. */
export async function remuxInto(
  { s3, ...to }: { readonly s3: S3Client; readonly Bucket: string; readonly Key: string },
  ffmpeg: string,
  source: OpenSource,
  probe: Pick<Probe, 'container' | 'audio'>,
  limits: RemuxLimits,
): Promise<void> {
  const { sizeBytes } = source;
  const write = async (room: () => Promise<void>, signal: AbortSignal) => {
    const { url, close } = await loopback(sizeBytes, async (at, end) => {
      await room();
      return source.read(at, Math.min(end, at + stretchBytes));
    });
    try {
      await remux(ffmpeg, { url, sizeBytes }, probe, { ...limits, signal });
    } finally {
      close();
    }
  };
  await uploadAsItGrows(s3, to, { file: remuxedFile(limits), expectedBytes: sizeBytes, write }, limits.signal);
}
