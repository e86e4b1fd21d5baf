import { ActionIcon, Group, TextInput, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { VideoId } from '../../../domain/ids.ts';
import { Title } from '../../../domain/video/video.ts';
import { useEditVideo } from './queries.ts';

interface Props {
  readonly videoId: VideoId;
  readonly title: string;
  /** The title as shown while it is not being edited. */
  readonly children: ReactNode;
}

/** A title with a pencil: Enter or leaving the field saves, Escape takes back. */
export function EditableTitle({ videoId, title, children }: Props) {
  const [draft, setDraft] = useState<string>();
  const edit = useEditVideo(videoId);
  const finish = () => {
    const changed = Title.safeParse(draft);
    if (changed.success && changed.data !== title) edit.mutate({ title: changed.data });
    setDraft(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape') setDraft(undefined);
  };
  if (draft !== undefined) {
    return (
      <TextInput
        aria-label="Title"
        size="sm"
        maxLength={200}
        autoFocus
        value={draft}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
        error={draft.trim() === '' ? 'A title needs at least one character.' : undefined}
      />
    );
  }
  return (
    <Group gap={4} wrap="nowrap" miw={0}>
      {children}
      <Tooltip label="Rename">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Rename “${title}”`}
          onClick={() => setDraft(title)}
        >
          <IconPencil size={15} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
