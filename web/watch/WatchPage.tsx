import { Container, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../../client/client.ts';
import type { VideoId } from '../../domain/ids.ts';
import { isWatchable } from '../../domain/video/life-cycle.ts';
import { NotFoundPage } from '../shared/ErrorPages.tsx';
import { Failure } from '../shared/Failure.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { meQuery } from '../shared/session.ts';
import { ChapterList } from './ChapterList.tsx';
import { Comments } from './comments/Comments.tsx';
import { Description } from './Description.tsx';
import { watchedQuery } from './first-frame.ts';
import { MembersOnly } from './MembersOnly.tsx';
import { NotYet } from './NotYet.tsx';
import { WatchNext } from './next/WatchNext.tsx';
import { OwnerBar } from './OwnerBar.tsx';
import { encodedShare } from './played-manifest.ts';
import { type Playing, PlayingContext } from './player/playing.ts';
import { useResume } from './position/use-resume.ts';
import { QueuePanel } from './queue/QueuePanel.tsx';
import { useQueue } from './queue/use-queue.ts';
import { ShareButton } from './ShareButton.tsx';
import { Standing } from './Standing.tsx';
import { StillEncoding } from './StillEncoding.tsx';
import { SaveButton } from './save/SaveButton.tsx';
import { startTime } from './start-time.ts';
import { usePlayedManifest } from './use-played-manifest.ts';
import { WatchedPlayer } from './WatchedPlayer.tsx';
import classes from './WatchPage.module.css';

/** Watches a video, or waits for it. */
export function WatchPage() {
  const { videoId } = useParams({ from: '/watch/$videoId' });
  const { format = 'hls', list, t } = useSearch({ from: '/watch/$videoId' });
  const { data: playback, error, refetch } = useQuery(watchedQuery(videoId));
  const [playing, setPlaying] = useState<Playing>();
  usePageTitle(playback?.title ?? '');
  const { data: me, isPending: isMeUnknown } = useQuery(meQuery);
  const userId = me?.userId;
  const resume = useResume(videoId, isMeUnknown ? 'unknown' : userId);
  const navigate = useNavigate();
  const queue = useQueue(list, videoId);
  // Who comes from another page of the site has chosen this video; who opens a tab or a link has not said that it shall be heard.
  const isChosen = useLocation().state.__TSR_index > 0;
  const play = (next: VideoId) =>
    void navigate({
      to: '/watch/$videoId',
      params: { videoId: next },
      search: (search) => ({ ...search, t: undefined }),
    });
  const manifest = usePlayedManifest(`${videoId} ${format}`, playback?.[format] ?? null);
  if (playback === undefined) {
    if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
    if (error instanceof ApiError && error.problem.code === 'membership-needed') return <MembersOnly error={error} />;
    return (
      <Container size="xl" className={classes.page}>
        {error ? (
          <Failure title="The video could not be loaded" error={error} onAgain={() => void refetch()} />
        ) : (
          <div className={classes.layout}>
            <Skeleton className={classes.placeholder} aria-label="Loading the video" />
          </div>
        )}
      </Container>
    );
  }
  const { title, poster, storyboard, rungs, state, progress, owned, license, captions, chapters } = playback;
  return (
    <PlayingContext value={playing}>
      <Container size="xl" className={classes.page} data-testid="watch" data-state={state}>
        <div className={classes.layout}>
          {manifest === null ? (
            <NotYet playback={playback} />
          ) : resume === undefined ? (
            <Skeleton className={classes.placeholder} aria-label="Loading the video" />
          ) : (
            <WatchedPlayer
              manifest={manifest}
              format={format}
              rungs={rungs}
              poster={poster}
              storyboard={storyboard}
              title={title}
              encoded={encodedShare(manifest, playback)}
              license={license}
              captions={captions}
              videoId={videoId}
              userId={userId}
              resume={resume}
              linkedTo={startTime(t)}
              autoPlay={isChosen}
              onEnded={() => queue?.next && play(queue.next)}
              chapters={chapters}
              onPlaying={setPlaying}
            />
          )}
          {queue && (
            <div className={classes.beside}>
              <QueuePanel queue={queue} onPlay={play} />
            </div>
          )}
          <Stack gap="xs" className={classes.words}>
            <Title order={1} size="h2" className={classes.title}>
              {title}
            </Title>
            {state === 'playable' && <StillEncoding progress={progress} />}
            {owned && <OwnerBar videoId={videoId} />}
            {isWatchable(state) && (
              <Standing videoId={videoId}>
                {me && !owned && <SaveButton videoId={videoId} />}
                {!owned && <ShareButton videoId={videoId} />}
              </Standing>
            )}
            <Description playback={playback} />
            {chapters.length > 0 && <ChapterList chapters={chapters} />}
          </Stack>
          {queue === null && (
            <div className={classes.beside}>
              <WatchNext key={videoId} videoId={videoId} isPlayed={manifest !== null} />
            </div>
          )}
          {isWatchable(state) && <Comments videoId={videoId} owned={owned} />}
        </div>
      </Container>
    </PlayingContext>
  );
}
