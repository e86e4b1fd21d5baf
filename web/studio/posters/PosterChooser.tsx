import { Alert, FileButton, Loader, SimpleGrid, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconPhotoPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { VideoId } from '../../../domain/ids.ts';
import { PictureType } from '../../../domain/media/picture.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import classes from './PosterChooser.module.css';
import { postersQuery, useChoosePoster, usePosterChanged, useSendPicture } from './queries.ts';

/** Frames of a video, and a picture from the creator's disk: one of them stands for it. A click is the choice. */
export function PosterChooser({ videoId }: { readonly videoId: VideoId }) {
  const { data: posters, error } = useQuery(postersQuery(videoId));
  const choose = useChoosePoster(videoId);
  const send = useSendPicture(videoId);
  const sent = posters?.sent;
  const changed = usePosterChanged(videoId);
  const tellAll = useEffectEvent(() => void changed());
  useEffect(() => {
    if (sent?.state === 'made') tellAll();
  }, [sent?.state]);

  const isSending = send.isPending || sent?.state === 'pending';
  const failure = error ?? choose.error ?? send.error;
  const complaint = failure ? problemSentence(failure) : isSending ? undefined : sent?.problem?.sentence;
  return (
    <Stack gap="md">
      {complaint !== undefined && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
          {complaint}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="md" className={classes.choices}>
        {posters === undefined && !error && [1, 2, 3].map((one) => <Skeleton key={one} className={classes.picture} />)}
        {posters?.candidates.map(({ number, path, chosen }) => (
          <Choice
            key={path}
            label={`Frame ${number} of the video`}
            path={path}
            chosen={chosen}
            onChoose={() => choose.mutate({ kind: 'candidate', number })}
          />
        ))}
        {posters?.own && !isSending && (
          <Choice
            key={posters.own.path}
            label="Your picture"
            path={posters.own.path}
            chosen={posters.own.chosen}
            onChoose={() => posters.own && choose.mutate({ kind: 'own', pictureId: posters.own.pictureId })}
          />
        )}
        <FileButton
          accept={PictureType.options.join(',')}
          disabled={isSending}
          onChange={(file) => file && send.mutate(file)}
          inputProps={{ 'aria-label': 'Picture file', 'data-testid': 'picture-input' } as object}
        >
          {(props) => (
            <UnstyledButton {...props} className={classes.add} disabled={isSending} aria-busy={isSending}>
              {isSending ? (
                <Loader size="sm" aria-label="The picture is being made" />
              ) : (
                <IconPhotoPlus size={28} stroke={1.5} aria-hidden="true" />
              )}
              <Text size="sm" fw={600}>
                {isSending ? 'On its way …' : posters?.own ? 'Another picture' : 'Your own picture'}
              </Text>
              <Text size="xs" c="dimmed">
                JPEG, PNG or WebP, best in 16:9
              </Text>
            </UnstyledButton>
          )}
        </FileButton>
      </SimpleGrid>
    </Stack>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly path: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ label, path, chosen, onChoose }: ChoiceProps) {
  return (
    <UnstyledButton
      className={classes.picture}
      aria-label={label}
      aria-pressed={chosen}
      onClick={() => chosen || onChoose()}
    >
      <img src={path} alt="" />
      {chosen && (
        <span className={classes.mark}>
          <IconCheck size={16} stroke={3} aria-hidden="true" />
        </span>
      )}
    </UnstyledButton>
  );
}
