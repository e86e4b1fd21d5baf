import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../shared/api.ts';
import { Failure } from '../shared/Failure.tsx';
import { type User, useAct } from './queries.ts';

/** The day of an instant, where the admin is, as a date field has it. */
function dayOf(instant: number): string {
  const date = new Date(instant);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}
/** The end of a day, where the admin is (ms since the epoch); undefined if it is none. */
function endOf(day: string): number | undefined {
  const end = new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(end) ? undefined : end;
}

/** Until when a person has a paid plan. */
export function Membership({ user }: { readonly user: User }) {
  const { userId, memberUntil, version } = user;
  const [day, setDay] = useState(memberUntil === null ? '' : dayOf(memberUntil));
  const save = useAct(userId, (until: number | null) =>
    api.people.setMembership({ params: { userId }, body: { memberUntil: until }, ifMatch: version }),
  );
  const until = endOf(day);
  return (
    <Stack gap="sm">
      <Group align="end">
        <TextInput
          type="date"
          label="Paid plan until"
          description="They watch what is for members, to the end of that day."
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button
          variant="light"
          disabled={until === undefined || (memberUntil !== null && day === dayOf(memberUntil))}
          loading={save.isPending}
          onClick={() => until !== undefined && save.mutate(until)}
        >
          Save
        </Button>
        {memberUntil !== null && (
          <Button variant="subtle" color="gray" onClick={() => save.mutate(null)}>
            End it
          </Button>
        )}
      </Group>
      {save.isError && <Failure error={save.error} />}
    </Stack>
  );
}
