import { Container, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '../../shared/Failure.tsx';
import { usePageTitle } from '../../shared/page-title.ts';
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
        {channel.isError && <Failure error={channel.error} onAgain={() => void channel.refetch()} />}
        {channel.data && <ChannelSection key={channel.data.version} channel={channel.data} />}
        <NameSection />
        <DataSection />
        <DeletionSection />
      </Stack>
    </Container>
  );
}
