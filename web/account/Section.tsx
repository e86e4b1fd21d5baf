import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Failure } from '../shared/Failure.tsx';

interface Props {
  readonly title: string;
  readonly icon: ReactNode;
  readonly lead: ReactNode;
  /** Beside the title: how it stands. */
  readonly state?: ReactNode;
  readonly error?: unknown;
  readonly children: ReactNode;
}

/** One thing about the account: what it is, how it stands, what went wrong, and what to do. */
export function Section({ title, icon, lead, state, error, children }: Props) {
  const heading = useId();
  return (
    <Paper component="section" withBorder radius="lg" p={{ base: 'md', sm: 'xl' }} aria-labelledby={heading}>
      <Stack>
        <div>
          <Group justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              {icon}
              <Title order={2} size="h3" id={heading}>
                {title}
              </Title>
            </Group>
            {state}
          </Group>
          <Text c="dimmed" mt={4} size="sm">
            {lead}
          </Text>
        </div>
        {error != null && <Failure error={error} />}
        {children}
      </Stack>
    </Paper>
  );
}
