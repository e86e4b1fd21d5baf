import { IconMovie } from '@tabler/icons-react';
import { formatClock } from '../format.ts';
import classes from './CardPoster.module.css';

interface Props {
  readonly poster: string | null;
  readonly durationSeconds: number | null;
  /** The share that has been watched, 0 to 1. */
  readonly watched?: number | undefined;
}

/** A frame of a video with its length, and how much of it has been watched. */
export function CardPoster({ poster, durationSeconds, watched }: Props) {
  return (
    <div className={classes.frame}>
      {poster === null ? (
        <IconMovie size={28} stroke={1.4} aria-hidden="true" />
      ) : (
        <img src={poster} alt="" loading="lazy" className={classes.picture} />
      )}
      {durationSeconds !== null && <span className={classes.length}>{formatClock(Math.round(durationSeconds))}</span>}
      {watched !== undefined && (
        <div className={classes.track}>
          <div className={classes.watched} style={{ width: `${Math.min(1, watched) * 100}%` }} />
        </div>
      )}
    </div>
  );
}
