import { Alert, Button, Container, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { usePageTitle } from '../../shared/page-title.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { ChannelSection } from './ChannelSection.tsx';
import { DataSection } from './DataSection.tsx';
import { DeletionSection } from './DeletionSection.tsx';
import { NameSection } from './NameSection.tsx';
import { myChannelQuery } from './queries.ts';

/** Who the person is to others, and what is theirs to take along or to end. */
export function ProfilePage() {
  usePageTitle('Account');
  const channel = useQuery(myChannelQuery);
  return (
    <Container size="sm">
      <Stack gap="xl">
        <div>
          <Title order={1}>Account</Title>
          <Text c="dimmed" mt={4}>
            Who you are to others, and what is kept about you.
          </Text>
        </div>
        {channel.isPending && <Skeleton h={420} radius="lg" aria-label="Loading your channel" />}
        {channel.isError && (
          <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
            <Group justify="space-between">
              {problemSentence(channel.error)}
              <Button size="compact-sm" variant="subtle" onClick={() => void channel.refetch()}>
                Try again
              </Button>
            </Group>
          </Alert>
        )}
        {channel.data && <ChannelSection key={channel.data.version} channel={channel.data} />}
        <NameSection />
        <DataSection />
        <DeletionSection />
      </Stack>
    </Container>
  );
}
