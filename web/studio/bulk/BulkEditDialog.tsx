import { Alert, Button, Group, Modal, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { BulkEdit } from '../../../domain/video/edit.ts';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { languageChoices } from '../../shared/languages.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { visibilityChoices } from '../../shared/video/visibilities.ts';
import { categoryChoices, licenceChoices } from '../video/DetailsFields.tsx';
import { fromLocalInput, localZone, toLocalInput } from '../video/local-time.ts';
import { type Unchanged, useBulkEdit } from './queries.ts';

interface Props {
  readonly videos: readonly CreatorVideo[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const asItIs = 'Leave as it is';

/** One change of many videos: what is not chosen stays. */
export function BulkEditDialog({ videos, onClose, onDone }: Props) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string | null>>>({});
  const [addTags, setAddTags] = useState<string[]>([]);
  const [removeTags, setRemoveTags] = useState<string[]>([]);
  const [when, setWhen] = useState('');
  const publishAt = fromLocalInput(when);
  const isPast = publishAt !== undefined && publishAt <= Date.now();
  const [unchanged, setUnchanged] = useState<readonly Unchanged[]>([]);
  const bulk = useBulkEdit();
  const change = BulkEdit.safeParse({
    ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== null)),
    ...(publishAt !== undefined && { publishAt }),
    ...(addTags.length > 0 && { addTags }),
    ...(removeTags.length > 0 && { removeTags }),
  });
  const isEmpty = Object.keys(change.data ?? {}).length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.success || isEmpty) return;
    bulk.mutate(
      { videos, change: change.data },
      {
        onSuccess: (left) => {
          setUnchanged(left);
          if (left.length > 0) return;
          notifications.show({ color: 'teal', message: `Changed: ${count}.` });
          onClose();
          onDone();
        },
      },
    );
  };
  const count = videos.length === 1 ? '1 video' : `${videos.length} videos`;
  const known = [...new Set(videos.flatMap(({ tags }) => tags))].toSorted((a, b) => a.localeCompare(b));
  const field = (name: string, label: string, data: { value: string; label: string }[]) => (
    <Select
      label={label}
      placeholder={asItIs}
      clearable
      searchable={data.length > 8}
      data={data}
      value={chosen[name] ?? null}
      onChange={(value) => setChosen({ ...chosen, [name]: value })}
    />
  );
  return (
    <Modal opened onClose={onClose} size="lg" title={`Edit ${count}`}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {field('visibility', 'Who may watch them', visibilityChoices)}
          <TextInput
            type="datetime-local"
            label={`From when on, in ${localZone()}`}
            description="Left empty, it stays as it is. Until then they are yours alone."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={toLocalInput(Date.now())}
            value={when}
            error={isPast ? 'This time has passed. Choose a later one.' : undefined}
            onChange={(event) => setWhen(event.currentTarget.value)}
          />
          {field('category', 'Category', categoryChoices)}
          {field('language', 'Spoken language', languageChoices)}
          {field('licence', 'Licence', licenceChoices)}
          <TagsInput label="Add tags" acceptValueOnBlur maxLength={50} value={addTags} onChange={setAddTags} />
          {known.length > 0 && (
            <TagsInput
              label="Take tags away"
              acceptValueOnBlur
              data={known}
              value={removeTags}
              onChange={setRemoveTags}
            />
          )}
          {bulk.error && (
            <Alert color="red" variant="light" role="alert" title="Nothing was changed">
              {problemSentence(bulk.error)}
            </Alert>
          )}
          {unchanged.length > 0 && (
            <Alert
              color="orange"
              variant="light"
              role="alert"
              title={`${videos.length - unchanged.length} changed, ${unchanged.length} not`}
            >
              {unchanged.map(({ title, sentence }) => (
                <Text key={title} size="sm">
                  “{title}”: {sentence}
                </Text>
              ))}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={bulk.isPending} disabled={isEmpty || isPast || !change.success}>
              Change {count}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
