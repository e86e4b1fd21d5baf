import { Button, FileButton, Group, Paper, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileSymlink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { formatBytes, formatWhen } from '../shared/format.ts';
import { problemSentence } from '../shared/problem-sentence.ts';
import { CancelUpload } from './CancelUpload.tsx';
import { acceptedFiles } from './DropZone.tsx';
import type { OpenUpload } from './open-uploads.ts';
import { abandon, type Uploads } from './uploads/uploads.ts';

interface Props {
  readonly upload: OpenUpload;
  readonly uploads: Uploads;
}

/** An upload that can go on once the person picks its file again; only the missing parts are sent. */
export function UploadWithoutFileRow({ upload, uploads }: Props) {
  const queries = useQueryClient();
  const { fileName, sizeBytes, createdAt, uploadId } = upload;
  const goOn = (file: File | null) => {
    if (file === null) return;
    try {
      uploads.add(file, upload);
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not continued', message: problemSentence(error) });
    }
  };
  const cancel = async () => {
    await abandon(uploadId);
    await queries.invalidateQueries();
  };
  return (
    <Paper withBorder p="md" data-testid="upload" data-state="without-file" data-upload={uploadId}>
      <Group justify="space-between" gap="sm">
        <Stack gap={2} miw={0} flex="1 1 240px">
          <Text fw={600} truncate title={fileName}>
            {fileName}
          </Text>
          <Text size="sm" c="dimmed">
            Begun {formatWhen(createdAt, Date.now())} · {formatBytes(sizeBytes)} · pick or drop the same file again to
            continue
          </Text>
        </Stack>
        <Group gap={6} wrap="nowrap">
          <FileButton accept={acceptedFiles} onChange={goOn} inputProps={{ 'aria-label': `The file ${fileName}` }}>
            {(props) => (
              <Button {...props} size="compact-sm" leftSection={<IconFileSymlink size={14} />}>
                Continue
              </Button>
            )}
          </FileButton>
          <CancelUpload name={fileName} onConfirm={cancel} />
        </Group>
      </Group>
    </Paper>
  );
}
