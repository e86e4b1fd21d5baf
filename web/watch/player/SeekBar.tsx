import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { chapterAt, chaptersWithin } from '../../../domain/video/chapters.ts';
import type { Chapter } from '../../../domain/video/metadata.ts';
import { formatClock } from '../../shared/format.ts';
import classes from './Controls.module.css';
import { SeekPreview } from './SeekPreview.tsx';
import type { ThumbnailAt } from './thumbnails.ts';

interface Props {
  readonly currentTime: number;
  readonly duration: number;
  readonly bufferedTo: number;
  readonly thumbnailAt: ThumbnailAt;
  readonly chapters: readonly Chapter[];
  readonly onSeek: (seconds: number) => void;
}

/** About the half of the thumb, as a share of the bar: it is not drawn through. */
const thumbShare = 0.008;

const percent = (part: number, whole: number) => `${whole > 0 ? (part / whole) * 100 : 0}%`;

/**
 * The position, to see and to change. While it is being dragged only its picture moves; the player seeks once it is let
 * go, because every place that is asked for may have to be encoded for it. What is there is shown above it: under the mouse, where
 * it is dragged to, and where the keyboard has moved it.
 */
export function SeekBar({ currentTime, duration, bufferedTo, thumbnailAt, chapters, onSeek }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [dragged, setDragged] = useState<number>();
  const [pointed, setPointed] = useState<number>();
  const [byKeyboard, setByKeyboard] = useState(false);
  const shown = dragged ?? currentTime;
  const previewed = dragged ?? (pointed === undefined ? (byKeyboard ? currentTime : undefined) : pointed * duration);

  const commit = useEffectEvent((seconds: number) => {
    setDragged(undefined);
    onSeek(seconds);
  });
  useEffect(() => {
    const range = input.current;
    // React's onChange is the DOM's `input`; the DOM's `change` comes once, at the end.
    const settled = () => range && commit(range.valueAsNumber);
    range?.addEventListener('change', settled);
    return () => range?.removeEventListener('change', settled);
  }, []);
  const point = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(Math.max(0, Math.min(1, (event.clientX - left) / width)));
  };

  return (
    <div className={classes.seek} onPointerMove={point} onPointerLeave={() => setPointed(undefined)}>
      <input
        ref={input}
        type="range"
        className={classes.seekRange}
        data-player-focus="seek"
        aria-label="Position"
        aria-valuetext={[`${formatClock(shown)} of ${formatClock(duration)}`, chapterAt(chapters, shown)?.title]
          .filter(Boolean)
          .join(', ')}
        min={0}
        max={duration || 1}
        step="any"
        disabled={duration === 0}
        value={shown}
        style={{ '--played': percent(shown, duration), '--buffered': percent(Math.max(bufferedTo, shown), duration) }}
        onFocus={(event) => setByKeyboard(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setByKeyboard(false)}
        onChange={(event) => setDragged(event.currentTarget.valueAsNumber)}
      />
      {duration > 0 && (
        <div className={classes.marks} aria-hidden="true">
          {chaptersWithin(chapters, duration)
            .filter(({ startSeconds }) => startSeconds > 0 && Math.abs(startSeconds - shown) > duration * thumbShare)
            .map(({ startSeconds }) => (
              <span
                key={startSeconds}
                className={classes.mark}
                data-testid="chapter-mark"
                style={{ left: percent(startSeconds, duration) }}
              />
            ))}
        </div>
      )}
      {previewed !== undefined && duration > 0 && (
        <SeekPreview
          seconds={previewed}
          share={previewed / duration}
          thumbnail={thumbnailAt(previewed)}
          chapter={chapterAt(chapters, previewed)?.title}
        />
      )}
    </div>
  );
}
