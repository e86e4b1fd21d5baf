import type { QueryClient } from '@tanstack/react-query';
import type { VideoId } from '../../domain/ids.ts';
import { playbackQuery } from '../shared/video/queries.ts';
import { type Format, loadShaka } from './player/shaka.ts';

/** Between asking ahead and the page that shows it: so long an answer is not asked for again. */
const freshMs = 5_000;

/** What the page plays. */
export const watchedQuery = (videoId: VideoId) => ({ ...playbackQuery(videoId), staleTime: freshMs });

/** Asks for what the first frame waits for while the page's own code is on its way. A failure shows when it is asked again. */
export function askAhead(queries: QueryClient, videoId: VideoId, format: Format): void {
  void loadShaka(format).catch(() => undefined);
  void queries.prefetchQuery(watchedQuery(videoId));
}
