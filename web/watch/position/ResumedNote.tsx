import { useEffect, useState } from 'react';
import { formatClock } from '../../shared/format.ts';
import classes from './ResumedNote.module.css';

/** How long the note is there once the video plays. */
const shownMs = 8_000;

interface Props {
  /** Where watching went on, in seconds. */
  readonly startAt: number;
  readonly playing: boolean;
  readonly onStartOver: () => void;
}

/** Says that the video did not begin at its beginning, and how to get there. */
export function ResumedNote({ startAt, playing, onStartOver }: Props) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => setOver(true), shownMs);
    return () => clearTimeout(timer);
  }, [playing]);
  if (over || startAt === 0) return null;
  return (
    <div className={classes.note} role="status" data-testid="resumed">
      Resumed at {formatClock(startAt)}
      <span aria-hidden="true"> · </span>
      <button
        type="button"
        className={classes.over}
        onClick={() => {
          setOver(true);
          onStartOver();
        }}
      >
        Start over
      </button>
    </div>
  );
}
