import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { ChaptersEditor } from './ChaptersEditor.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { DetailsFields } from './DetailsFields.tsx';
import classes from './EditForm.module.css';
import { changedFields, editOf, type Field, formOf, merged, type VideoForm, withFields } from './edit-form.ts';
import { PublicationFields } from './PublicationFields.tsx';
import { useSaveVideo } from './queries.ts';
import { UnsavedDialog } from './UnsavedDialog.tsx';

interface Props {
  readonly video: CreatorVideo;
  /** Where the preview stands, in seconds. */
  readonly position: () => number | undefined;
}

interface Conflict {
  readonly fields: readonly Field[];
  readonly theirs: CreatorVideo;
}

/** All that is told of a video, saved at once, and never over a change that was not seen. */
export function EditForm({ video, position }: Props) {
  const [base, setBase] = useState(video);
  const [form, setForm] = useState(() => formOf(video, Date.now()));
  const [conflict, setConflict] = useState<Conflict>();
  const save = useSaveVideo(video.videoId);
  const before = formOf(base, Date.now());
  const changed = changedFields(before, form);
  const isDirty = changed.length > 0;
  // What others change is shown as long as nothing here would be lost.
  if (!isDirty && video.version > base.version) {
    setBase(video);
    setForm(formOf(video, Date.now()));
  }
  const edit = editOf(before, form, base.durationSeconds);
  const isPast = changed.includes('publishAt') && form.publishAt !== null && form.publishAt <= Date.now();
  const canSave = isDirty && !('index' in edit) && form.title.trim() !== '' && !isPast;

  const send = (wanted: VideoForm, from: CreatorVideo) => {
    const edit = editOf(formOf(from, Date.now()), wanted, from.durationSeconds);
    if ('index' in edit) return;
    save.mutate(
      { edit, version: from.version },
      { onSuccess: ({ saved, video: there }) => (saved ? settle(there) : meet(wanted, from, there)) },
    );
  };
  const settle = (saved: CreatorVideo) => {
    setBase(saved);
    setForm(formOf(saved, Date.now()));
    setConflict(undefined);
    notifications.show({ color: 'teal', message: 'Saved.' });
  };
  /** Somebody else was faster: what does not touch the same is put together, else the person decides. */
  const meet = (mine: VideoForm, from: CreatorVideo, theirs: CreatorVideo) => {
    const both = merged(formOf(from, Date.now()), mine, formOf(theirs, Date.now()));
    setBase(theirs);
    setForm(both.form);
    if (both.conflicts.length === 0) send(both.form, theirs);
    else setConflict({ fields: both.conflicts, theirs });
  };
  const change = (part: Partial<VideoForm>) => setForm((current) => ({ ...current, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) send(form, base);
  };

  return (
    <form onSubmit={submit} data-testid="edit-form" data-dirty={isDirty}>
      <Stack gap="lg">
        <Section title="Details">
          <DetailsFields form={form} onChange={change} />
        </Section>
        <Section title="Publication">
          <PublicationFields form={form} publishedAt={base.publishedAt} onChange={change} />
        </Section>
        <Section title="Chapters">
          <ChaptersEditor
            rows={form.chapters}
            durationSeconds={base.durationSeconds}
            position={position}
            onChange={(chapters) => change({ chapters })}
          />
        </Section>
        {save.error && (
          <Alert color="red" variant="light" role="alert" title="Not saved">
            {problemSentence(save.error)}
          </Alert>
        )}
        <Group className={classes.bar} justify="flex-end" data-dirty={isDirty}>
          {isDirty && 'index' in edit && (
            <Text size="sm" c="red" role="status">
              Chapter {edit.index + 1}: {edit.sentence}
            </Text>
          )}
          <Button variant="subtle" color="gray" disabled={!isDirty || save.isPending} onClick={() => setForm(before)}>
            Discard changes
          </Button>
          <Button type="submit" disabled={!canSave} loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
      <UnsavedDialog isDirty={isDirty} />
      {conflict && (
        <ConflictDialog
          fields={conflict.fields}
          mine={form}
          theirs={formOf(conflict.theirs, Date.now())}
          onKeepMine={() => send(form, conflict.theirs)}
          onTakeTheirs={() => {
            setForm(withFields(form, formOf(conflict.theirs, Date.now()), conflict.fields));
            setConflict(undefined);
          }}
          onClose={() => setConflict(undefined)}
        />
      )}
    </form>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: React.ReactNode }) => (
  <Paper withBorder p="md" component="section">
    <Title order={2} size="h4" mb="md">
      {title}
    </Title>
    {children}
  </Paper>
);
