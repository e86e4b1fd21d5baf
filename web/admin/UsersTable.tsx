import { Badge, Group, Skeleton, Table, Text } from '@mantine/core';
import { formatWhen } from '../shared/format.ts';
import { TextLink } from '../shared/links.tsx';
import type { User } from './queries.ts';
import { StatusBadge } from './StatusBadge.tsx';
import classes from './UsersTable.module.css';

interface Props {
  readonly users: readonly User[];
  readonly isLoading: boolean;
}

export function UsersTable({ users, isLoading }: Props) {
  const now = Date.now();
  return (
    <Table className={classes.table} highlightOnHover verticalSpacing="sm" aria-busy={isLoading}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Person</Table.Th>
          <Table.Th>Roles</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th>Since</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {isLoading &&
          [0, 1, 2, 3].map((row) => (
            <Table.Tr key={row}>
              <Table.Td colSpan={4}>
                <Skeleton h={38} />
              </Table.Td>
            </Table.Tr>
          ))}
        {users.map(({ userId, email, name, handle, roles, status, createdAt }) => (
          <Table.Tr key={userId}>
            <Table.Td className={classes.person}>
              <TextLink to="/admin/users/$userId" params={{ userId }} fw={600}>
                {email}
              </TextLink>
              <Text size="sm" c="dimmed">
                {name}
                {handle !== null && ` · @${handle}`}
              </Text>
            </Table.Td>
            <Table.Td>
              <Group gap={4}>
                {roles.map((role) => (
                  <Badge key={role} variant={role === 'admin' ? 'filled' : 'default'} tt="none">
                    {role}
                  </Badge>
                ))}
              </Group>
            </Table.Td>
            <Table.Td>
              <StatusBadge status={status} />
            </Table.Td>
            <Table.Td className={classes.since}>{formatWhen(createdAt, now)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
