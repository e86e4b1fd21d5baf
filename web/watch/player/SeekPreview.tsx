import { useState } from 'react';
import { formatClock } from '../../shared/format.ts';
import classes from './SeekPreview.module.css';
import type { Thumbnail } from './thumbnails.ts';

interface Props {
  readonly seconds: number;
  /** Where on the bar, 0 to 1. */
  readonly share: number;
  readonly thumbnail: Thumbnail | undefined;
  /** The title of the chapter that it is in. */
  readonly chapter: string | undefined;
}

/** What is where a seek would go: its picture, where there is one, and its time. */
export function SeekPreview({ seconds, share, thumbnail, chapter }: Props) {
  const half = `${(thumbnail?.width ?? 60) / 2}px`;
  return (
    <div
      className={classes.preview}
      style={{ left: `clamp(${half}, ${share * 100}%, calc(100% - ${half}))` }}
      aria-hidden="true"
      data-testid="seek-preview"
    >
      {thumbnail && <Picture key={thumbnail.sheet} {...thumbnail} />}
      {chapter !== undefined && <span className={classes.chapter}>{chapter}</span>}
      <span className={classes.time}>{formatClock(seconds)}</span>
    </div>
  );
}

/** A part of a sheet. One that is not there yet, since its part of the title is not encoded, leaves no hole. */
function Picture({ sheet, x, y, width, height }: Thumbnail) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return null;
  return (
    <div className={classes.picture} style={{ width, height }}>
      <img src={sheet} alt="" style={{ translate: `${-x}px ${-y}px` }} onError={() => setMissing(true)} />
    </div>
  );
}
