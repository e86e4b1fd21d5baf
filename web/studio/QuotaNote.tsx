import { Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../shared/api.ts';
import { formatBytes, formatWhen } from '../shared/format.ts';

/** What the creator has used of what they may upload. */
export const quotaQuery = queryOptions({
  queryKey: ['upload-quota'],
  queryFn: () => api.upload.getQuota(),
  staleTime: 10_000,
});

/** From this share on it is worth a place on the page. */
const worthShowing = 0.5;
const nearlyFull = 0.9;

/** How far each part of the quota is used, once it is over half. */
export function QuotaNote() {
  const { data } = useQuery(quotaQuery);
  if (data === undefined) return null;
  const again = `Begins anew ${formatWhen(data.resetsAt, Date.now())}.`;
  const parts = [
    { label: 'Uploads today', ...data.uploadsPerDay, show: String, hint: again },
    { label: 'Uploaded today', ...data.bytesPerDay, show: formatBytes, hint: again },
    {
      label: 'Kept in all',
      ...data.keptBytes,
      show: formatBytes,
      hint: 'Deleted videos make room once they are gone for good.',
    },
  ].filter(({ used, allowed }) => used > allowed * worthShowing);
  if (parts.length === 0) return null;
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label="Upload quota" data-testid="quota">
      <Stack gap="md">
        {parts.map(({ label, used, allowed, show, hint }) => {
          const share = Math.min(1, used / allowed);
          return (
            <Stack key={label} gap={6}>
              <Group justify="space-between" gap="xs" wrap="wrap">
                <Text fw={600} size="sm">
                  {label}
                </Text>
                <Text size="sm" c={share >= nearlyFull ? 'red' : 'dimmed'}>
                  {show(used)} of {show(allowed)}
                </Text>
              </Group>
              <Progress
                value={share * 100}
                {...(share >= nearlyFull && { color: 'red' })}
                aria-label={`${label}: ${show(used)} of ${show(allowed)}`}
              />
              <Text size="xs" c="dimmed">
                {hint}
              </Text>
            </Stack>
          );
        })}
      </Stack>
    </Paper>
  );
}
