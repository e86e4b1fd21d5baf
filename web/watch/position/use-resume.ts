import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { resumeSeconds } from '../../../domain/history/position.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { localPositions } from '../../shared/history/local-positions.ts';
import { positionQuery } from '../../shared/history/queries.ts';

/** The site is waited for this long; then the browser's own memory has to do. */
const patienceMs = 1_500;

export interface Resume {
  /** Where watching goes on, in seconds. */
  readonly startAt: number;
  /** Whether the person wants nothing to be kept. */
  readonly paused: boolean;
}

/** Where watching goes on, by the later of what this browser and the site remember; undefined as long as nobody knows. */
export function useResume(videoId: VideoId, who: UserId | undefined | 'unknown'): Resume | undefined {
  const userId = who === 'unknown' ? undefined : who;
  const local = useMemo(() => localPositions(localStorage, userId).of(videoId), [videoId, userId]);
  const { data, isFetching } = useQuery({ ...positionQuery(videoId), enabled: userId !== undefined });
  const [waited, setWaited] = useState<VideoId>();
  useEffect(() => {
    const timer = setTimeout(() => setWaited(videoId), patienceMs);
    return () => clearTimeout(timer);
  }, [videoId]);
  // What is decided for a viewing stays, whatever comes later.
  const [decided, setDecided] = useState<Resume & { videoId: VideoId }>();
  if (decided?.videoId === videoId) return decided;
  if (who === 'unknown' || (isFetching && waited !== videoId)) return undefined;
  if (data?.paused) {
    const resume = { videoId, startAt: 0, paused: true };
    setDecided(resume);
    return resume;
  }
  const remote = data?.watched ?? undefined;
  const startAt =
    remote !== undefined && (local === undefined || remote.watchedAt >= local.watchedAt)
      ? remote.resumeSeconds
      : local
        ? resumeSeconds(local)
        : 0;
  const resume = { videoId, startAt, paused: false };
  setDecided(resume);
  return resume;
}
