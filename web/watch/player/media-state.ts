import { useEffect, useState } from 'react';

export interface MediaState {
  readonly currentTime: number;
  readonly duration: number;
  /** How far is buffered from the current position, in seconds from the start. */
  readonly bufferedTo: number;
  readonly paused: boolean;
  readonly ended: boolean;
  /** Wants to play and cannot: data is missing. */
  readonly waiting: boolean;
  readonly volume: number;
  readonly muted: boolean;
  readonly rate: number;
}

const before: MediaState = {
  currentTime: 0,
  duration: 0,
  bufferedTo: 0,
  paused: true,
  ended: false,
  waiting: false,
  volume: 1,
  muted: false,
  rate: 1,
};

const events = [
  'timeupdate',
  'durationchange',
  'progress',
  'play',
  'pause',
  'playing',
  'waiting',
  'seeking',
  'seeked',
  'ended',
  'volumechange',
  'ratechange',
  'loadedmetadata',
  'canplay',
  'emptied',
] as const;

/** What the controls show of a media element; read from the element itself at each of its events. */
export function useMediaState(video: HTMLVideoElement | null): MediaState {
  const [state, setState] = useState(before);
  useEffect(() => {
    if (video === null) return;
    const read = () => setState(stateOf(video));
    for (const event of events) video.addEventListener(event, read);
    read();
    return () => {
      for (const event of events) video.removeEventListener(event, read);
    };
  }, [video]);
  return state;
}

function stateOf(video: HTMLVideoElement): MediaState {
  const { currentTime, paused, ended, volume, muted, playbackRate } = video;
  return {
    currentTime,
    duration: Number.isFinite(video.duration) ? video.duration : 0,
    bufferedTo: bufferedTo(video),
    paused,
    ended,
    waiting: !paused && !ended && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
    volume,
    muted,
    rate: playbackRate,
  };
}

function bufferedTo({ buffered, currentTime }: HTMLVideoElement): number {
  for (let i = 0; i < buffered.length; i += 1) {
    if (buffered.start(i) <= currentTime + 0.1 && buffered.end(i) >= currentTime) return buffered.end(i);
  }
  return currentTime;
}
