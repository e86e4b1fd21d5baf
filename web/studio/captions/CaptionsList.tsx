import { ActionIcon, Alert, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { VideoId } from '../../../domain/ids.ts';
import type { CaptionKind } from '../../../domain/media/captions/captions.ts';
import type { CreatorCaption } from '../../../lambdas/content/routes.ts';
import { languageName } from '../../shared/languages.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { captionsQuery, useDeleteCaptions } from './queries.ts';

export const kindNames: Readonly<Record<CaptionKind, string>> = {
  subtitles: 'Subtitles',
  captions: 'Captions for the deaf and hard of hearing',
  forced: 'Foreign dialogue only',
};

const factsOf = ({ language, kind, origin, cues }: CreatorCaption) =>
  [
    languageName(language),
    kindNames[kind],
    origin === 'embedded' ? 'from the video file' : 'uploaded',
    `${cues} ${cues === 1 ? 'cue' : 'cues'}`,
  ].join(' · ');

/** What a video has of subtitles and captions. */
export function CaptionsList({ videoId }: { readonly videoId: VideoId }) {
  const { data: captions, error } = useQuery(captionsQuery(videoId));
  const remove = useDeleteCaptions(videoId);
  const failure = error ?? remove.error;
  return (
    <Stack gap="xs">
      {failure && (
        <Alert color="red" variant="light" role="alert">
          {problemSentence(failure)}
        </Alert>
      )}
      {captions === undefined && !error && <Skeleton height={40} aria-label="Loading the subtitles" />}
      {captions?.length === 0 && <Text c="dimmed">None yet.</Text>}
      {captions?.map((caption) => (
        <Group key={caption.name} justify="space-between" wrap="nowrap" data-testid="captions" data-name={caption.name}>
          <Stack gap={0} miw={0}>
            <Text fw={600} truncate>
              {caption.label}
            </Text>
            <Text size="sm" c="dimmed">
              {factsOf(caption)}
            </Text>
          </Stack>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={`Delete “${caption.label}”`}
            loading={remove.isPending && remove.variables === caption.name}
            onClick={() => remove.mutate(caption.name)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}
