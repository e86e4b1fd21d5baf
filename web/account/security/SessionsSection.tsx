import { Badge, Button, Divider, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconDevices, IconTerminal2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import type { AnswerOf } from '../../../domain/api/route.ts';
import type { routes } from '../../../lambdas/auth/routes.ts';
import { api } from '../../shared/api.ts';
import { Failure } from '../../shared/Failure.tsx';
import { formatWhen } from '../../shared/format.ts';
import { signOutEverywhere } from '../../shared/session.ts';
import { Section } from '../Section.tsx';
import { sessionsQuery } from './sessions-query.ts';

type Session = AnswerOf<(typeof routes)['listSessions']>['sessions'][number];

/** Where the person is signed in. */
export function SessionsSection() {
  const sessions = useQuery(sessionsQuery);
  const [isAsking, setIsAsking] = useState(false);
  const everywhere = useMutation({ mutationFn: signOutEverywhere });
  return (
    <Section
      title="Signed in"
      icon={<IconDevices aria-hidden />}
      lead="If there is a device here that is not yours, sign it out and change your password."
      error={everywhere.error}
    >
      {sessions.isPending && <Skeleton h={64} radius="md" />}
      {sessions.isError && <Failure error={sessions.error} onAgain={() => void sessions.refetch()} />}
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} data-testid="sessions">
        {sessions.data?.map((session, index) => (
          <Fragment key={session.sessionId}>
            {index > 0 && <Divider component="li" aria-hidden />}
            <SessionRow session={session} />
          </Fragment>
        ))}
      </Stack>
      {isAsking ? (
        <Group role="group" aria-label="Sign out everywhere?">
          <Text size="sm">This device is signed out too.</Text>
          <Button color="red" loading={everywhere.isPending} onClick={() => everywhere.mutate()}>
            Sign out everywhere
          </Button>
          <Button variant="default" onClick={() => setIsAsking(false)}>
            Stay signed in
          </Button>
        </Group>
      ) : (
        <Button
          variant="light"
          color="red"
          onClick={() => setIsAsking(true)}
          style={{ alignSelf: 'flex-start' }}
          disabled={!sessions.data}
        >
          Sign out everywhere …
        </Button>
      )}
    </Section>
  );
}

function SessionRow({ session }: { readonly session: Session }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.auth.endSession({ params: { sessionId: session.sessionId } }),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const { kind, device, isCurrent, createdAt, lastSeenAt } = session;
  const now = Date.now();
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Group wrap="nowrap" gap="sm" miw={0}>
        <DeviceIcon kind={kind} device={device} />
        <div>
          <Group gap="xs">
            <Text fw={600}>{device}</Text>
            {isCurrent && (
              <Badge variant="light" color="green">
                This device
              </Badge>
            )}
            {kind === 'api' && (
              <Badge variant="light" color="gray">
                API
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            Since {formatWhen(createdAt, now)}, last seen {formatWhen(lastSeenAt, now)}
          </Text>
        </div>
      </Group>
      {!isCurrent && (
        <Button
          variant="default"
          size="xs"
          flex="none"
          loading={end.isPending}
          onClick={() => end.mutate()}
          aria-label={`Sign out ${device}, signed in since ${formatWhen(createdAt, now)}`}
        >
          Sign out
        </Button>
      )}
    </Group>
  );
}

function DeviceIcon({ kind, device }: Pick<Session, 'kind' | 'device'>) {
  if (kind === 'api') return <IconTerminal2 aria-hidden />;
  return /iOS|Android/.test(device) ? <IconDeviceMobile aria-hidden /> : <IconDeviceDesktop aria-hidden />;
}
