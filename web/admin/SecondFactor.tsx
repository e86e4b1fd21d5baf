import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../shared/api.ts';
import { Failure } from '../shared/Failure.tsx';
import { type User, useAct } from './queries.ts';

/** Takes away the second factor of a person who has lost it. */
export function SecondFactor({ user: { userId } }: { readonly user: User }) {
  const [isAsking, setAsking] = useState(false);
  const params = { userId };
  const remove = useAct(userId, async () => {
    await api.auth.removeTotp({ params });
    return api.people.getUser({ params });
  });
  return (
    <Stack gap="sm">
      {isAsking ? (
        <Stack gap="sm" role="group" aria-label="Remove the second factor">
          <Text size="sm">
            Without the second factor their password alone lets them in. Be sure that it is them who ask for it: by a
            call, say, not by a mail.
          </Text>
          <Group>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => setAsking(false) })}
            >
              Remove it
            </Button>
            <Button variant="default" autoFocus onClick={() => setAsking(false)}>
              Leave it
            </Button>
          </Group>
        </Stack>
      ) : (
        <Group>
          <Button variant="light" color="red" onClick={() => setAsking(true)}>
            Remove the second factor …
          </Button>
        </Group>
      )}
      {remove.error != null && <Failure error={remove.error} />}
    </Stack>
  );
}
