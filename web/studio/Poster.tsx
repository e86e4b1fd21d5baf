import { isWatchable } from '../../domain/video/life-cycle.ts';
import type { CreatorVideo } from '../../lambdas/content/routes.ts';
import { formatClock } from '../shared/format.ts';
import { AppLink } from '../shared/links.tsx';
import { CardPoster } from '../shared/video/CardPoster.tsx';
import classes from './Poster.module.css';

/** The poster as it is, which leads to the watch page once there is something to watch. */
export function Poster({
  video: { videoId, poster, durationSeconds, state, title },
}: {
  readonly video: CreatorVideo;
}) {
  const picture = <CardPoster poster={poster} durationSeconds={durationSeconds} whole />;
  if (!isWatchable(state)) return <div className={classes.poster}>{picture}</div>;
  // What can be read on it is part of its name (WCAG 2.2, 2.5.3).
  const length = durationSeconds === null ? '' : `, ${formatClock(Math.round(durationSeconds))}`;
  return (
    <AppLink
      to="/watch/$videoId"
      params={{ videoId }}
      className={classes.poster}
      aria-label={`Watch “${title}”${length}`}
    >
      {picture}
    </AppLink>
  );
}
