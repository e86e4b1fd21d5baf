import { Alert, Button, FileInput, Group, Select, Stack, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { VideoId } from '../../../domain/ids.ts';
import { CaptionKind } from '../../../domain/media/captions/captions.ts';
import { languageChoices } from '../../shared/languages.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { kindNames } from './CaptionsList.tsx';
import { useAddCaptions } from './queries.ts';

const kinds = CaptionKind.options.map((value) => ({ value, label: kindNames[value] }));

/** A file, its language and its kind. What is wrong with a file is said by its line, before it is sent. */
export function AddCaptions({ videoId }: { readonly videoId: VideoId }) {
  const [file, setFile] = useState<File | null>(null);
  const [language, setLanguage] = useState<string | null>(null);
  const [kind, setKind] = useState<CaptionKind>('subtitles');
  const add = useAddCaptions(videoId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file && language) add.mutate({ file, language, kind }, { onSuccess: () => setFile(null) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mt="lg">
        <Title order={3} size="h5">
          Add a file
        </Title>
        <FileInput
          label="SubRip or WebVTT file"
          placeholder="Choose a file"
          accept=".srt,.vtt,text/vtt,application/x-subrip"
          value={file}
          onChange={(chosen) => {
            add.reset();
            setFile(chosen);
          }}
        />
        <Group grow align="flex-start">
          <Select
            label="Language"
            placeholder="Choose one"
            searchable
            data={languageChoices}
            value={language}
            onChange={setLanguage}
          />
          <Select
            label="Kind"
            allowDeselect={false}
            data={kinds}
            value={kind}
            onChange={(chosen) => setKind(CaptionKind.catch('subtitles').parse(chosen))}
          />
        </Group>
        {add.error && (
          <Alert color="red" variant="light" role="alert" title="The file was not added">
            {problemSentence(add.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending} disabled={file === null || language === null}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
