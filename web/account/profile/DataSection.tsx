import { Button, Group, Loader, Text } from '@mantine/core';
import { IconDownload, IconPackageExport } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../shared/api.ts';
import { formatBytes, formatWhen } from '../../shared/format.ts';
import { Section } from '../Section.tsx';
import { copyQuery, type PersonalCopy } from './queries.ts';

/** A copy of all that is kept about the person. */
export function DataSection() {
  const copy = useQuery(copyQuery);
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: () => api.people.askExport({ body: {} }),
    onSuccess: (asked) => queries.setQueryData(copyQuery.queryKey, asked),
  });
  /** The link is good for minutes, and this page may be open for hours. */
  const fetchCopy = useMutation({
    mutationFn: () => api.people.getExport({}),
    onSuccess: ({ url }) => {
      if (url !== null) location.assign(url);
    },
  });
  const state = copy.data?.state;
  return (
    <Section
      title="Your data"
      icon={<IconPackageExport aria-hidden />}
      lead="A copy of all that is kept about you, as one JSON file. The files of your videos you download in the studio."
      error={copy.error ?? ask.error ?? fetchCopy.error}
    >
      <Group aria-live="polite">
        {state === 'ready' && (
          <Button
            leftSection={<IconDownload size={18} aria-hidden />}
            loading={fetchCopy.isPending}
            onClick={() => fetchCopy.mutate()}
          >
            Download it
          </Button>
        )}
        {state === 'pending' && <Loader size="sm" aria-hidden />}
        {state !== 'ready' && state !== 'pending' && (
          <Button variant="light" loading={ask.isPending} disabled={copy.isPending} onClick={() => ask.mutate()}>
            Ask for a copy
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {copy.data && sentenceOf(copy.data)}
        </Text>
      </Group>
    </Section>
  );
}

function sentenceOf({ state, requestedAt, sizeBytes, goneAt }: PersonalCopy): string {
  const now = Date.now();
  switch (state) {
    case 'pending':
      return 'It is being made. That takes some seconds; you may leave this page.';
    case 'ready':
      return `${formatBytes(sizeBytes ?? 0)}, here until ${formatWhen(goneAt ?? now, now)}.`;
    case 'failed':
      return 'It could not be made. Ask again.';
    case 'expired':
      return `The copy of ${formatWhen(requestedAt ?? now, now)} has been removed.`;
    case 'none':
      return 'It takes some seconds, and can then be downloaded for a day.';
  }
}
