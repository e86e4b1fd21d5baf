import { useEffect, useEffectEvent } from 'react';
import { besideChapter } from '../../../domain/video/chapters.ts';
import type { Chapter } from '../../../domain/video/metadata.ts';
import { focusOf } from './focus.ts';
import { type Command, commandOf } from './keyboard.ts';
import type { Stream } from './stream.ts';

interface Target {
  readonly video: HTMLVideoElement | null;
  readonly stream: Stream | undefined;
  readonly chapters: readonly Chapter[];
  readonly toggle: () => void;
  readonly toggleFullscreen: () => void;
  readonly toggleInfo: () => void;
}

/** The player's keys, wherever on the page the focus is, unless what has the focus needs them itself. */
export function usePlayerKeys(target: Target): void {
  const obey = useEffectEvent((event: KeyboardEvent) => {
    const command = commandOf(event, focusOf(document.activeElement));
    if (command === undefined || target.video === null) return;
    event.preventDefault();
    run(command, target.video, target);
  });
  useEffect(() => {
    const listening = new AbortController();
    // Before the seek bar's own handling of arrows.
    window.addEventListener('keydown', (event) => obey(event), { signal: listening.signal, capture: true });
    return () => listening.abort();
  }, []);
}

function run(
  command: Command,
  video: HTMLVideoElement,
  { stream, chapters, toggle, toggleFullscreen, toggleInfo }: Target,
): void {
  switch (command.kind) {
    case 'toggle':
      toggle();
      break;
    case 'mute':
      video.muted = !video.muted;
      break;
    case 'fullscreen':
      toggleFullscreen();
      break;
    case 'info':
      toggleInfo();
      break;
    case 'text':
      stream?.toggleText();
      break;
    case 'skip':
      stream?.seek(video.currentTime + command.seconds);
      break;
    case 'chapter': {
      const start = besideChapter(chapters, video.currentTime, command.by);
      if (start !== undefined) stream?.seek(start);
      break;
    }
    case 'jump':
      stream?.seek(command.to * video.duration);
      break;
    case 'volume':
      video.muted = false;
      video.volume = Math.max(0, Math.min(1, video.volume + command.by));
      break;
  }
}
