import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { Role, roles as registry } from '../../domain/access/roles.ts';
import { api } from '../shared/api.ts';
import { Failure } from '../shared/Failure.tsx';
import { type User, useAct } from './queries.ts';

/** The roles that a person has; they are saved together, as they were seen. */
export function Roles({ user }: { readonly user: User }) {
  const [roles, setRoles] = useState<string[]>(user.roles);
  const save = useAct(user.userId, () =>
    api.people.setRoles({
      params: { userId: user.userId },
      body: { roles: Role.array().parse(roles) },
      ifMatch: user.version,
    }),
  );
  const isSame = roles.toSorted().join() === user.roles.toSorted().join();
  return (
    <Stack gap="sm">
      <Checkbox.Group label="Roles" value={roles} onChange={setRoles}>
        <Stack gap="xs" mt="xs">
          {Role.options.map((role) => (
            <Checkbox key={role} value={role} label={role} description={registry[role]} />
          ))}
        </Stack>
      </Checkbox.Group>
      {save.isError && <Failure error={save.error} />}
      <Group>
        <Button disabled={isSame} loading={save.isPending} onClick={() => save.mutate(undefined)}>
          Save the roles
        </Button>
      </Group>
    </Stack>
  );
}
