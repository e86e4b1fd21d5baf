import { Alert, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { PlaylistVisibility } from '../../../domain/playlists/playlist.ts';
import { problemSentence } from '../problem-sentence.ts';
import type { PlaylistFields } from './queries.ts';
import { visibilities } from './visibilities.ts';

interface Props {
  readonly initial?: PlaylistFields;
  readonly action: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSubmit: (fields: PlaylistFields) => void;
  readonly onCancel: () => void;
}

const empty: PlaylistFields = { title: '', description: '', visibility: 'private' };

/** Title, description and who may see it. */
export function PlaylistForm({ initial = empty, action, busy, error, onSubmit, onCancel }: Props) {
  const [fields, setFields] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(fields);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Title"
          required
          data-autofocus
          maxLength={150}
          value={fields.title}
          onChange={({ currentTarget: { value } }) => setFields({ ...fields, title: value })}
        />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          value={fields.description}
          onChange={({ currentTarget: { value } }) => setFields({ ...fields, description: value })}
        />
        <Select
          label="Who may see it"
          allowDeselect={false}
          checkIconPosition="right"
          data={visibilities.map(({ value, label }) => ({ value, label }))}
          value={fields.visibility}
          onChange={(value) => {
            const chosen = PlaylistVisibility.safeParse(value);
            if (chosen.success) setFields({ ...fields, visibility: chosen.data });
          }}
        />
        {error != null && (
          <Alert color="red" variant="light" role="alert">
            {problemSentence(error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={fields.title.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
