import { Container, Group, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconBolt, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import classes from './LandingPage.module.css';
import { ButtonLink } from './links.ts';
import { usePageTitle } from './page-title.ts';

const promises = [
  {
    icon: IconRefresh,
    title: 'Uploads that survive',
    text: 'Close the lid, lose the train’s Wi-Fi, reload the page. Only what is missing is sent again.',
  },
  {
    icon: IconBolt,
    title: 'Playable in seconds',
    text: 'Share the link as soon as the upload ends; the rest is encoded while people watch.',
  },
  {
    icon: IconPlayerPlay,
    title: 'Smooth everywhere',
    text: 'Adaptive HLS and DASH, from 360p on a train to 4K on the wall.',
  },
];

/** For those who are not signed in. */
export function LandingPage() {
  usePageTitle('');
  return (
    <Container size="md" className={classes.page}>
      <Stack gap="lg" align="flex-start">
        <Title order={1} className={classes.headline}>
          Drop a file.
          <br />
          Share a stream.
        </Title>
        <Text size="lg" c="dimmed" maw={520}>
          Sluice turns a video into a stream that plays on any connection, seconds after the upload ends.
        </Text>
        <Group>
          <ButtonLink to="/sign-in" size="md">
            Sign in
          </ButtonLink>
          <ButtonLink to="/register" size="md" variant="default">
            Create an account
          </ButtonLink>
        </Group>
      </Stack>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xl" mt={72}>
        {promises.map(({ icon: Icon, title, text }) => (
          <Stack key={title} gap="xs">
            <ThemeIcon variant="light" size="xl" aria-hidden="true">
              <Icon size={22} />
            </ThemeIcon>
            <Text fw={600} component="h2">
              {title}
            </Text>
            <Text c="dimmed" size="sm">
              {text}
            </Text>
          </Stack>
        ))}
      </SimpleGrid>
    </Container>
  );
}
