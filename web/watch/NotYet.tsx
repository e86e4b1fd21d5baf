import { Group, Stack, Text } from '@mantine/core';
import type { VideoState } from '../../domain/video/video.ts';
import { ProgressLine } from '../shared/video/ProgressLine.tsx';
import classes from './NotYet.module.css';

interface Props {
  readonly playback: {
    readonly state: VideoState;
    readonly poster: string | null;
    readonly progress: number;
    readonly reason: { readonly sentence: string } | null;
  };
}

const messages: Readonly<Record<VideoState, { title: string; text: string }>> = {
  draft: { title: 'Nothing to watch yet', text: 'The file has not been uploaded.' },
  uploading: { title: 'Still uploading', text: 'It starts here by itself seconds after the upload ends.' },
  processing: { title: 'Getting ready', text: 'It starts here by itself in a moment.' },
  playable: { title: 'Getting ready', text: 'It starts here by itself in a moment.' },
  ready: { title: 'Getting ready', text: 'It starts here by itself in a moment.' },
  rejected: { title: 'This file cannot be used', text: 'Nothing of it can be watched.' },
  failed: { title: 'Processing failed', text: 'It cannot be watched for now.' },
  blocked: { title: 'Not available', text: 'This video was blocked.' },
  deleted: { title: 'Not available', text: 'This video was deleted.' },
};

/** In the player's place while there is nothing to play: what is going on, live. */
export function NotYet({ playback: { state, poster, progress, reason } }: Props) {
  const { title, text } = messages[state];
  const moving = state === 'uploading' || state === 'processing';
  return (
    <div className={classes.frame} data-testid="not-yet" data-state={state}>
      {poster !== null && <img src={poster} alt="" className={classes.poster} />}
      <Stack className={classes.words} gap="xs" role="status">
        <Text fw={700} size="xl">
          {title}
        </Text>
        <Text>{reason?.sentence ?? text}</Text>
        {moving && (
          <Group justify="center">
            <div className={classes.progress}>
              <ProgressLine
                label={state === 'processing' ? 'Preparing' : progress < 1 ? 'Uploading' : 'Receiving the last of it'}
                share={progress > 0 && progress < 1 ? progress : undefined}
              />
            </div>
          </Group>
        )}
      </Stack>
    </div>
  );
}
