import { Stack, Text, ThemeIcon } from '@mantine/core';
import type { IconHistory } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  readonly icon: typeof IconHistory;
  readonly title: string;
  readonly children: ReactNode;
}

/** What a list says while nothing is in it. */
export function EmptyList({ icon: Icon, title, children }: Props) {
  return (
    <Stack align="center" gap="xs" py={48} ta="center" data-testid="empty">
      <ThemeIcon variant="light" size={56} radius="xl" aria-hidden="true">
        <Icon size={28} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Text c="dimmed" maw={420}>
        {children}
      </Text>
    </Stack>
  );
}
