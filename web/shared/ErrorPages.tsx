import { Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ButtonLink } from './links.tsx';
import { usePageTitle } from './page-title.ts';
import { problemSentence } from './problem-sentence.ts';

export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <Container size="xs" mt={64}>
      <Stack align="flex-start">
        <Title order={1}>There is nothing here</Title>
        <Text c="dimmed">
          The address may be mistyped, or the video is private or gone. Ask whoever sent you the link.
        </Text>
        <ButtonLink to="/" variant="light">
          To the start page
        </ButtonLink>
      </Stack>
    </Container>
  );
}

/** A page that could not be shown at all. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  usePageTitle('Something went wrong');
  return (
    <Container size="xs" mt={64}>
      <Stack align="flex-start" role="alert">
        <Title order={1}>This page could not be loaded</Title>
        <Text c="dimmed">{problemSentence(error)}</Text>
        <Group>
          <Button onClick={() => void router.invalidate()}>Try again</Button>
          <ButtonLink to="/" variant="subtle">
            To the start page
          </ButtonLink>
        </Group>
      </Stack>
    </Container>
  );
}
