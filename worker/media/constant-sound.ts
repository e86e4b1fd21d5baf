import { type AudioTrack, audioSampleRate } from '../../domain/media/plan.ts';

/**
 * Sound whose channels or rate change on the way, made constant. A filter graph is set up for one kind of sound; set up anew for
 * another it begins to count anew, and what it makes of picture and sound is no longer the title's. So such sound is decoded before.
 */

/** 20 ms: whole milliseconds, to which Matroska rounds times. */
const samplesPerPacket = audioSampleRate / 50;

/** Output options that decode the sound of output stream `i` for a Matroska file, to one channel or two. */
export const decodedTo = (channels: 1 | 2, i: number): string[] => {
  const layout = channels === 1 ? 'mono' : 'stereo';
  const filter = `aresample=${audioSampleRate}:async=1:ochl=${layout}:rematrix_maxval=1`;
  return [`-filter:a:${i}`, `${filter},asetnsamples=n=${samplesPerPacket}:p=0`, `-c:a:${i}`, 'pcm_s16le'];
};

/** A track as it is found in such a file, where it is the stream `i`. */
export const asDecoded = (track: AudioTrack, i: number): AudioTrack => ({
  ...track,
  streamIndex: i,
  sourceSampleRate: audioSampleRate,
  sourceChannels: track.channels,
  sourceTimescale: 1000,
});

/** What ffmpeg says when it sets filters up anew for another kind of sound. */
export const saysSoundChanged = (stderr: string): boolean =>
  /Reconfiguring filter graph because audio parameters changed/.test(stderr);
