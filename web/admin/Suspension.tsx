import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../shared/api.ts';
import { Failure } from '../shared/Failure.tsx';
import { type User, useAct } from './queries.ts';

/** Shuts a person out, with a reason, or lets them in again. */
export function Suspension({ user }: { readonly user: User }) {
  const [reason, setReason] = useState<string>();
  const params = { userId: user.userId };
  const suspend = useAct(user.userId, (why: string) => api.people.suspendUser({ params, body: { reason: why } }));
  const restore = useAct(user.userId, () => api.people.restoreUser({ params, body: {} }));
  const error = suspend.error ?? restore.error;
  return (
    <Stack gap="sm">
      {user.status === 'suspended' ? (
        <Group>
          <Button loading={restore.isPending} onClick={() => restore.mutate(undefined)}>
            Restore the account
          </Button>
        </Group>
      ) : reason === undefined ? (
        <Group>
          <Button variant="light" color="red" onClick={() => setReason('')}>
            Suspend the account …
          </Button>
        </Group>
      ) : (
        <Stack gap="sm" role="group" aria-label="Suspend the account">
          <Textarea
            label="Why"
            description="For other admins to read. They are out on their next request, everywhere."
            required
            autoFocus
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group>
            <Button
              color="red"
              disabled={reason.trim() === ''}
              loading={suspend.isPending}
              onClick={() => suspend.mutate(reason, { onSuccess: () => setReason(undefined) })}
            >
              Suspend
            </Button>
            <Button variant="default" onClick={() => setReason(undefined)}>
              Leave it
            </Button>
          </Group>
        </Stack>
      )}
      {error != null && <Failure error={error} />}
    </Stack>
  );
}
