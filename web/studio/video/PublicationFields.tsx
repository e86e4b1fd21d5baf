import { SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { Visibility } from '../../../domain/video/video.ts';
import { formatWhen } from '../../shared/format.ts';
import { visibilityChoices, visibilityMeanings } from '../../shared/video/visibilities.ts';
import type { VideoForm } from './edit-form.ts';
import { fromLocalInput, inUtc, localZone, proposedTime, toLocalInput } from './local-time.ts';

interface Props {
  readonly form: Pick<VideoForm, 'visibility' | 'publishAt'>;
  readonly publishedAt: number | null;
  readonly onChange: (change: Partial<VideoForm>) => void;
}

/** Who may watch a video, and from when on. */
export function PublicationFields({ form: { visibility, publishAt }, publishedAt, onChange }: Props) {
  const zone = localZone();
  const isPast = publishAt !== null && publishAt <= Date.now();
  return (
    <Stack gap="md">
      <Select
        label="Who may watch it"
        description={visibilityMeanings[visibility]}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        data={visibilityChoices}
        value={visibility}
        onChange={(value) => onChange({ visibility: Visibility.catch(visibility).parse(value) })}
      />
      <Stack gap={6}>
        <Text size="sm" fw={600} id="publication">
          From when on
        </Text>
        <SegmentedControl
          aria-labelledby="publication"
          fullWidth
          data={[
            { value: 'now', label: 'Now' },
            { value: 'later', label: 'At a time' },
          ]}
          value={publishAt === null ? 'now' : 'later'}
          onChange={(value) => onChange({ publishAt: value === 'later' ? proposedTime(Date.now()) : null })}
        />
      </Stack>
      {publishAt !== null && (
        <TextInput
          type="datetime-local"
          label={`Date and time in ${zone}`}
          description={`Until then it is yours alone.${zone === 'UTC' ? '' : ` In UTC: ${inUtc(publishAt)}`}`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={toLocalInput(Date.now())}
          value={toLocalInput(publishAt)}
          error={isPast ? 'This time has passed. Choose a later one, or Now.' : undefined}
          onChange={(event) => {
            const chosen = fromLocalInput(event.currentTarget.value);
            if (chosen !== undefined) onChange({ publishAt: chosen });
          }}
        />
      )}
      {publishedAt !== null && (
        <Text size="sm" c="dimmed">
          First published {formatWhen(publishedAt, Date.now())}.
        </Text>
      )}
    </Stack>
  );
}
