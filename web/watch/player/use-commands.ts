import { useState } from 'react';
import { besideChapter, chapterAt } from '../../../domain/video/chapters.ts';
import type { Chapter } from '../../../domain/video/metadata.ts';
import { formatClock } from '../../shared/format.ts';
import type { Command } from './keyboard.ts';
import { togglePictureInPicture } from './picture-in-picture.ts';
import { besideSpeed, speedLabel } from './speeds.ts';
import type { Stream } from './stream.ts';
import { off } from './text-choices.ts';

interface Target {
  readonly video: HTMLVideoElement | null;
  readonly stream: Stream | undefined;
  readonly chapters: readonly Chapter[];
  readonly toggleFullscreen: () => void;
  readonly toggleInfo: () => void;
  readonly toggleKeys: () => void;
}

/** What came of a command that the controls do not show by themselves. */
export interface Echo {
  readonly text: string;
  /** Which one it is, from 1: the same text again is another. */
  readonly count: number;
}

/** Does what a viewer tells the player, and says in a word what came of it. */
export function useCommands(target: Target): { run: (command: Command) => void; echo: Echo | undefined } {
  const [echo, setEcho] = useState<Echo>();
  const run = (command: Command) => {
    if (target.video === null) return;
    const text = obey(command, target.video, target);
    if (text !== undefined) setEcho({ text, count: (echo?.count ?? 0) + 1 });
  };
  return { run, echo };
}

export function togglePlay(video: HTMLVideoElement): void {
  if (!video.paused) video.pause();
  // Refused only when the page goes away or the source fails, and then that is what is shown.
  else video.play().catch(() => undefined);
}

const loudness = ({ muted, volume }: HTMLVideoElement) => (muted ? 'Muted' : `Volume ${Math.round(volume * 100)} %`);

function obey(
  command: Command,
  video: HTMLVideoElement,
  { stream, chapters, toggleFullscreen, toggleInfo, toggleKeys }: Target,
): string | undefined {
  switch (command.kind) {
    case 'toggle':
      togglePlay(video);
      return undefined;
    case 'fullscreen':
      toggleFullscreen();
      return undefined;
    case 'pip':
      togglePictureInPicture(video);
      return undefined;
    case 'info':
      toggleInfo();
      return undefined;
    case 'keys':
      toggleKeys();
      return undefined;
    case 'mute':
      video.muted = !video.muted;
      return loudness(video);
    case 'volume':
      video.muted = false;
      video.volume = Math.max(0, Math.min(1, video.volume + command.by));
      return loudness(video);
    case 'speed':
      video.playbackRate = besideSpeed(video.playbackRate, command.by);
      return speedLabel(video.playbackRate);
    case 'text': {
      stream?.toggleText();
      const { texts = [], text = off } = stream?.snapshot() ?? {};
      if (texts.length === 0) return 'No subtitles';
      return texts.find(({ value }) => value === text)?.label ?? 'Subtitles off';
    }
    case 'skip':
      stream?.seek(video.currentTime + command.seconds);
      return `${command.seconds > 0 ? '+' : '−'}${Math.abs(command.seconds)} s`;
    case 'chapter': {
      const start = besideChapter(chapters, video.currentTime, command.by);
      if (start === undefined) return undefined;
      stream?.seek(start);
      return chapterAt(chapters, start)?.title;
    }
    case 'jump':
      stream?.seek(command.to * video.duration);
      return formatClock(command.to * video.duration);
  }
}
