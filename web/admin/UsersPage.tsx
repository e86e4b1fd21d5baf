import { Container, Group, SegmentedControl, Select, Stack, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHistory, IconSearch, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Role } from '../../domain/access/roles.ts';
import { Failure } from '../shared/Failure.tsx';
import { ListEnd } from '../shared/lists/ListEnd.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { AuditTrail } from './AuditTrail.tsx';
import { type Filter, type Status, usersQuery } from './queries.ts';
import { UsersTable } from './UsersTable.tsx';

const everybody: Filter = { query: '', by: 'email', role: undefined, status: undefined };
const placeholders = { email: 'ada@example.com', name: 'Ada', handle: 'ada-lovelace' } as const;

/** Everybody, for admins to look through. */
export function UsersPage() {
  usePageTitle('People');
  return (
    <Container size="xl">
      <Stack gap="lg">
        <Title order={1}>People</Title>
        <Tabs defaultValue="people" keepMounted={false}>
          <Tabs.List mb="lg">
            <Tabs.Tab value="people" leftSection={<IconUsers size={16} aria-hidden />}>
              Everybody
            </Tabs.Tab>
            <Tabs.Tab value="trail" leftSection={<IconHistory size={16} aria-hidden />}>
              What admins did
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="people">
            <Everybody />
          </Tabs.Panel>
          <Tabs.Panel value="trail">
            <AuditTrail />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Container>
  );
}

function Everybody() {
  const [filter, setFilter] = useState(everybody);
  const [asked] = useDebouncedValue(filter, 250);
  const users = useInfiniteQuery(usersQuery(asked));
  const set = (change: Partial<Filter>) => setFilter({ ...filter, ...change });
  const found = users.data?.pages.flatMap((page) => page.users) ?? [];
  return (
    <Stack>
      <Group align="end" role="search">
        <TextInput
          label="Begins with"
          leftSection={<IconSearch size={16} aria-hidden />}
          placeholder={placeholders[filter.by]}
          value={filter.query}
          maxLength={254}
          onChange={(event) => set({ query: event.currentTarget.value })}
          style={{ flexGrow: 1, minWidth: 220 }}
        />
        <SegmentedControl
          aria-label="Look for people by"
          value={filter.by}
          onChange={(by) => set({ by: by as Filter['by'] })}
          data={[
            { value: 'email', label: 'E-mail' },
            { value: 'name', label: 'Name' },
            { value: 'handle', label: 'Handle' },
          ]}
        />
        <Select
          label="Role"
          placeholder="Any"
          clearable
          w={140}
          data={[...Role.options]}
          value={filter.role ?? null}
          onChange={(role) => set({ role: (role ?? undefined) as Role | undefined })}
        />
        <Select
          label="Status"
          placeholder="Any"
          clearable
          w={140}
          data={[
            { value: 'active', label: 'Active' },
            { value: 'suspended', label: 'Suspended' },
            { value: 'deleting', label: 'Leaving' },
          ]}
          value={filter.status ?? null}
          onChange={(status) => set({ status: (status ?? undefined) as Status | undefined })}
        />
      </Group>
      {users.isError && <Failure error={users.error} onAgain={() => void users.refetch()} />}
      {!users.isError && <UsersTable users={found} isLoading={users.isPending} />}
      {users.isSuccess && found.length === 0 && !users.hasNextPage && (
        <Text c="dimmed" ta="center" py="xl">
          Nobody is found by that. Look by another field, or take a filter away.
        </Text>
      )}
      <ListEnd query={users} />
    </Stack>
  );
}
