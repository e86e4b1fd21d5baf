import { Button, FileButton, Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { acceptedExtensions } from '../../domain/upload/types.ts';
import { problemSentence } from '../shared/problem-sentence.ts';
import classes from './DropZone.module.css';
import { openUploadsQuery, useUploadsWithoutFile } from './open-uploads.ts';
import type { Uploads } from './uploads/uploads.ts';
import { useFileDrop } from './use-file-drop.ts';

/** What the file picker offers: containers by ending, since browsers know few of their types. */
export const acceptedFiles = ['video/*', ...acceptedExtensions.map((extension) => `.${extension}`)].join(',');

/** Takes files: picked here, or dropped anywhere on the page. */
export function DropZone({ uploads }: { readonly uploads: Uploads }) {
  const queries = useQueryClient();
  const waiting = useUploadsWithoutFile(uploads);
  const add = (files: File[]) => {
    for (const file of files) {
      try {
        // The same file again is the rest of an upload that was interrupted, not a second video.
        const begun = waiting.find(({ fileName, sizeBytes }) => fileName === file.name && sizeBytes === file.size);
        uploads.add(file, begun);
      } catch (error) {
        notifications.show({ color: 'red', title: 'Not uploaded', message: problemSentence(error) });
      }
    }
    void queries.invalidateQueries({ queryKey: openUploadsQuery.queryKey });
  };
  const dragging = useFileDrop(add);
  return (
    <>
      <Paper withBorder radius="lg" className={classes.zone}>
        <Stack align="center" gap="sm">
          <ThemeIcon size={52} radius="xl" variant="light" aria-hidden="true">
            <IconUpload size={26} />
          </ThemeIcon>
          <Text fw={600} size="lg">
            Upload a video
          </Text>
          <Text c="dimmed" ta="center" mt={-8}>
            Drop it anywhere on this page, or choose it here.
          </Text>
          <FileButton
            multiple
            accept={acceptedFiles}
            onChange={add}
            inputProps={{ 'aria-label': 'Video files', 'data-testid': 'file-input' } as object}
          >
            {(props) => <Button {...props}>Choose files</Button>}
          </FileButton>
          <Text size="sm" c="dimmed" ta="center">
            MP4, MOV, MKV, WebM, AVI or MPEG-TS. Private until you say otherwise.
          </Text>
        </Stack>
      </Paper>
      {dragging && (
        <div className={classes.veil} aria-hidden="true">
          <Text fw={700} size="xl">
            Drop to upload
          </Text>
        </div>
      )}
    </>
  );
}
