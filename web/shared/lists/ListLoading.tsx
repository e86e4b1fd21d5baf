import { Skeleton, Stack } from '@mantine/core';

export function ListLoading({ label }: { readonly label: string }) {
  return (
    <Stack gap="sm" role="status" aria-label={label}>
      {['first', 'second', 'third'].map((line) => (
        <Skeleton key={line} height={94} radius="md" />
      ))}
    </Stack>
  );
}
