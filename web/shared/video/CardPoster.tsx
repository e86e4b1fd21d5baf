import { IconMovie } from '@tabler/icons-react';
import { formatClock } from '../format.ts';
import classes from './CardPoster.module.css';

interface Props {
  readonly poster: string | null;
  readonly durationSeconds: number | null;
  /** The share that has been watched, 0 to 1. */
  readonly watched?: number | undefined;
  /** All of the picture is shown, with black beside it, where its shape is another; else its edges are cut off. */
  readonly whole?: boolean;
}

/** A frame of a video with its length, and how much of it has been watched; a quiet placeholder until there is one. */
export function CardPoster({ poster, durationSeconds, watched, whole = false }: Props) {
  return (
    <div className={classes.frame} data-empty={poster === null}>
      {poster === null ? (
        <IconMovie size={30} stroke={1.4} aria-hidden="true" />
      ) : (
        <img src={poster} alt="" loading="lazy" className={classes.picture} data-whole={whole} />
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
