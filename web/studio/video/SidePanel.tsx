import { Button, Group, Paper, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useRouteContext } from '@tanstack/react-router';
import { lazy, type RefObject, Suspense } from 'react';
import { isWatchable } from '../../../domain/video/life-cycle.ts';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { formatBytes, formatClock, formatWhen } from '../../shared/format.ts';
import { CaptionsButton } from '../captions/CaptionsButton.tsx';
import { Poster } from '../Poster.tsx';
import { PosterButton } from '../posters/PosterButton.tsx';
import { ReplaceFile } from '../ReplaceFile.tsx';
import { uploadsOf } from '../uploads/uploads.ts';
import { useDownloadSource } from './queries.ts';
import classes from './VideoPage.module.css';

// The player is large, and the form does not wait for it.
const Preview = lazy(() => import('./Preview.tsx').then(({ Preview }) => ({ default: Preview })));

interface Props {
  readonly video: CreatorVideo;
  readonly preview: RefObject<HTMLVideoElement | null>;
}

/** The video itself, what belongs to it, and where it came from. */
export function SidePanel({ video, preview }: Props) {
  const { videoId, title, state, poster, sizeBytes, fileName } = video;
  const { me } = useRouteContext({ from: '/studio/videos/$videoId' });
  const download = useDownloadSource(videoId);
  return (
    <Stack gap="md" className={classes.side}>
      <Stack gap="md" className={classes.preview}>
        {isWatchable(state) ? (
          <Suspense fallback={<Poster video={video} />}>
            <Preview video={video} preview={preview} />
          </Suspense>
        ) : (
          <Poster video={video} />
        )}
        {isWatchable(state) && (
          <Group gap="xs">
            {poster !== null && <PosterButton video={video} />}
            <CaptionsButton videoId={videoId} title={title} />
          </Group>
        )}
      </Stack>
      {fileName !== null && (
        <Paper withBorder p="md">
          <Stack gap="sm">
            <dl className={classes.facts}>
              <dt>File</dt>
              <dd>{fileName}</dd>
              {sizeBytes !== null && (
                <>
                  <dt>Size</dt>
                  <dd>{formatBytes(sizeBytes)}</dd>
                </>
              )}
              {video.durationSeconds !== null && (
                <>
                  <dt>Length</dt>
                  <dd>{formatClock(Math.round(video.durationSeconds))}</dd>
                </>
              )}
              {video.rungs.length > 0 && (
                <>
                  <dt>Qualities</dt>
                  <dd>{video.rungs.map(({ name }) => name).join(', ')}</dd>
                </>
              )}
              <dt>Uploaded</dt>
              <dd>{formatWhen(video.uploadedAt ?? video.createdAt, Date.now())}</dd>
            </dl>
            <Group gap="xs">
              {video.uploadedAt !== null && (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconDownload size={15} />}
                  loading={download.isPending}
                  onClick={() => download.mutate()}
                >
                  Download the file
                </Button>
              )}
              <ReplaceFile video={video} uploads={uploadsOf(me.userId)} />
            </Group>
          </Stack>
        </Paper>
      )}
    </Stack>
  );
}
