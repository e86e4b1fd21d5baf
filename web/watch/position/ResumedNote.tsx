import { useEffect, useState } from 'react';
import { formatClock } from '../../shared/format.ts';
import type { Playing } from '../player/playing.ts';
import classes from './ResumedNote.module.css';

/** How long the note is there once the video plays. */
const shownMs = 8_000;

interface Props {
  /** Where watching went on, in seconds. */
  readonly startAt: number;
  readonly playing: Playing;
}

/** Says that the video did not begin at its beginning, and how to get there. */
export function ResumedNote({ startAt, playing: { video, seek } }: Props) {
  const [over, setOver] = useState(startAt === 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const begin = () => {
      timer ??= setTimeout(() => setOver(true), shownMs);
    };
    if (!video.paused) begin();
    video.addEventListener('play', begin);
    return () => {
      clearTimeout(timer);
      video.removeEventListener('play', begin);
    };
  }, [video]);
  if (over) return null;
  return (
    <div className={classes.note} role="status" data-testid="resumed">
      Resumed at {formatClock(startAt)}
      <span aria-hidden="true"> · </span>
      <button
        type="button"
        className={classes.over}
        onClick={() => {
          setOver(true);
          seek(0);
        }}
      >
        Start over
      </button>
    </div>
  );
}
