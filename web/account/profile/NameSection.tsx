import { Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconId } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shared/api.ts';
import { meQuery, useMe } from '../../shared/session.ts';
import { Section } from '../Section.tsx';

/** What the person is called, in this menu and to admins. */
export function NameSection() {
  const me = useMe();
  const [name, setName] = useState(me?.name ?? '');
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: () => api.people.updateMe({ body: { name } }),
    onSuccess: () => {
      notifications.show({ title: 'Name saved', message: 'Your channel keeps the name that it has.' });
      return queries.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  return (
    <Section
      title="You"
      icon={<IconId aria-hidden />}
      lead={`You sign in as ${me?.email ?? ''}. Nobody but admins sees that address.`}
      error={rename.error}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <Stack maw={380}>
          <TextInput
            label="Your name"
            required
            maxLength={100}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={rename.isPending} disabled={name.trim() === '' || name === me?.name}>
              Save your name
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
