import { ActionIcon, Button, Group, Paper, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { formatShare } from '../shared/format.ts';
import { CancelUpload } from './CancelUpload.tsx';
import { UploadPeek } from './UploadPeek.tsx';
import { uploadLine } from './upload-line.ts';
import type { UploadView } from './uploads/upload-view.ts';
import type { Uploads } from './uploads/uploads.ts';

interface Props {
  readonly view: UploadView;
  readonly uploads: Uploads;
}

/** One upload whose file is at hand: progress, pause, continue, cancel. */
export function UploadRow({ view, uploads }: Props) {
  const queries = useQueryClient();
  const { fileId, name, state, bytesSent, sizeBytes } = view;
  const share = sizeBytes === 0 ? 0 : bytesSent / sizeBytes;
  const isFailed = state === 'failed' || state === 'rejected';
  const color = isFailed ? 'red' : state === 'sending' ? undefined : 'gray.5';
  const cancel = async () => {
    await uploads.cancel(view);
    await queries.invalidateQueries();
  };
  return (
    <Paper
      withBorder
      p="md"
      data-testid="upload"
      data-state={state}
      data-parts={view.partsStored}
      data-upload={view.session?.uploadId}
    >
      <Stack gap={8}>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text fw={600} truncate title={name}>
            {name}
          </Text>
          <Group gap={6} wrap="nowrap">
            {(state === 'sending' || state === 'paused') && (
              <PauseButton paused={state === 'paused'} name={name} onClick={() => uploads.pauseOrResume(fileId)} />
            )}
            {(state === 'interrupted' || state === 'failed') && (
              <Button size="compact-sm" leftSection={<IconPlayerPlay size={14} />} onClick={() => uploads.goOn(fileId)}>
                {state === 'failed' ? 'Try again' : 'Continue'}
              </Button>
            )}
            <CancelUpload name={name} onConfirm={cancel} />
          </Group>
        </Group>
        <UploadPeek peek={view.peek} />
        <Progress.Root size="md" radius="xl">
          <Progress.Section
            value={share * 100}
            {...(color ? { color } : {})}
            aria-label={`Upload of ${name}`}
            aria-valuetext={formatShare(share)}
          />
        </Progress.Root>
        <Text
          size="sm"
          c={isFailed ? 'red' : 'dimmed'}
          {...(isFailed ? { role: 'alert' } : {})}
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          {uploadLine(view)}
        </Text>
      </Stack>
    </Paper>
  );
}

function PauseButton({ paused, name, onClick }: { paused: boolean; name: string; onClick: () => void }) {
  const label = paused ? 'Resume' : 'Pause';
  return (
    <Tooltip label={label}>
      <ActionIcon variant="light" aria-label={`${label} the upload of ${name}`} onClick={onClick}>
        {paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
