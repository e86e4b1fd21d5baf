import { Badge, Container, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Failure } from '../shared/Failure.tsx';
import { formatWhen } from '../shared/format.ts';
import { TextLink } from '../shared/links.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { AuditTrail } from './AuditTrail.tsx';
import { Membership } from './Membership.tsx';
import { type User, userQuery } from './queries.ts';
import { Roles } from './Roles.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { Suspension } from './Suspension.tsx';

/** A person, what an admin may do about them, and what has been done. */
export function PersonPage() {
  const { userId } = useParams({ from: '/admin/users/$userId' });
  const user = useQuery(userQuery(userId));
  usePageTitle(user.data?.email ?? 'Person');
  return (
    <Container size="md">
      <Stack gap="lg">
        <TextLink to="/admin/users" size="sm">
          <Group gap={4} component="span">
            <IconArrowLeft size={16} aria-hidden /> People
          </Group>
        </TextLink>
        {user.isPending && <Skeleton h={320} radius="lg" aria-label="Loading" />}
        {user.isError && <Failure error={user.error} onAgain={() => void user.refetch()} />}
        {user.data && <Person user={user.data} />}
        <Paper withBorder radius="lg" p={{ base: 'md', sm: 'xl' }} component="section" aria-labelledby="trail">
          <Title order={2} size="h3" id="trail" mb="md">
            What admins did
          </Title>
          <AuditTrail userId={userId} />
        </Paper>
      </Stack>
    </Container>
  );
}

function Person({ user }: { readonly user: User }) {
  const { email, name, handle, status, suspendedBecause, emailState, createdAt, userId } = user;
  const isLeaving = status === 'deleting';
  return (
    <Paper withBorder radius="lg" p={{ base: 'md', sm: 'xl' }}>
      <Stack gap="xl">
        <div>
          <Group justify="space-between" align="start" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
                {name}
              </Title>
              <Text style={{ overflowWrap: 'anywhere' }}>{email}</Text>
            </div>
            <StatusBadge status={status} />
          </Group>
          <Group gap="xs" mt="xs">
            {handle !== null && (
              <Badge variant="default" tt="none">
                @{handle}
              </Badge>
            )}
            <Text size="sm" c="dimmed">
              Here since {formatWhen(createdAt, Date.now())} · {userId}
            </Text>
          </Group>
          {suspendedBecause !== null && <Text mt="xs">Suspended because: “{suspendedBecause}”</Text>}
          {emailState !== null && (
            <Text mt="xs" c="orange">
              {emailState === 'bounced' ? 'Mail to this address bounces.' : 'They have reported our mail as spam.'}
            </Text>
          )}
        </div>
        {isLeaving ? (
          <Text c="dimmed">They have deleted their account. What is kept about them is being removed.</Text>
        ) : (
          <>
            <Roles key={user.version} user={user} />
            <Membership key={`plan-${user.version}`} user={user} />
            <SecondFactor user={user} />
            <Suspension user={user} />
          </>
        )}
      </Stack>
    </Paper>
  );
}
