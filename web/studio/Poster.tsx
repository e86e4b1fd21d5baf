import { IconMovie } from '@tabler/icons-react';
import { isWatchable } from '../../domain/video/life-cycle.ts';
import type { CreatorVideo } from '../../lambdas/content/routes.ts';
import { formatClock } from '../shared/format.ts';
import { AppLink } from '../shared/links.tsx';
import classes from './Poster.module.css';

/** A frame of the video with its length; a quiet placeholder until there is one. */
export function Poster({ video }: { readonly video: CreatorVideo }) {
  const { videoId, poster, durationSeconds, state, title } = video;
  const picture = (
    <>
      {poster === null ? (
        <IconMovie size={30} stroke={1.4} aria-hidden="true" />
      ) : (
        <img src={poster} alt="" loading="lazy" className={classes.picture} />
      )}
      {durationSeconds !== null && <span className={classes.length}>{formatClock(Math.round(durationSeconds))}</span>}
    </>
  );
  return isWatchable(state) ? (
    <AppLink to="/watch/$videoId" params={{ videoId }} className={classes.frame} aria-label={`Watch “${title}”`}>
      {picture}
    </AppLink>
  ) : (
    <div className={classes.frame} data-empty={poster === null}>
      {picture}
    </div>
  );
}
