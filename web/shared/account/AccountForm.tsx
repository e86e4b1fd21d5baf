import { Container, Paper, Stack, Text, Title } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Failure } from '../Failure.tsx';
import { usePageTitle } from '../page-title.ts';

interface Props {
  readonly title: string;
  readonly lead: ReactNode;
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  readonly footer: ReactNode;
}

/** The frame of the sign-in and registration forms. */
export function AccountForm({ title, lead, error, onSubmit, children, footer }: Props) {
  usePageTitle(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Container size={420} px="md" mt={{ base: 'lg', sm: 48 }}>
      <Paper withBorder p={{ base: 'lg', sm: 'xl' }} radius="lg">
        <form onSubmit={submit}>
          <Stack>
            <div>
              <Title order={1} size="h2">
                {title}
              </Title>
              <Text c="dimmed" mt={4}>
                {lead}
              </Text>
            </div>
            {error != null && <Failure error={error} />}
            {children}
          </Stack>
        </form>
      </Paper>
      <Text ta="center" mt="md" size="sm">
        {footer}
      </Text>
    </Container>
  );
}
