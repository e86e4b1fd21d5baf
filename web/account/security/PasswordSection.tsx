import { Button, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isChoosable, NewPasswordField, PasswordField } from '../../shared/account/fields.tsx';
import { api } from '../../shared/api.ts';
import { Section } from '../Section.tsx';
import { sessionsQuery } from './sessions-query.ts';

export function PasswordSection() {
  const [oldPassword, setOldPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => api.auth.changePassword({ body: { oldPassword, newPassword } }),
    onSuccess: () => {
      setOldPassword('');
      setNewPassword('');
      notifications.show({ title: 'Password changed', message: 'Your other devices have been signed out.' });
      return queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <Section
      title="Password"
      icon={<IconKey aria-hidden />}
      lead="Changing it signs out all your other devices."
      error={change.error}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack maw={380}>
          <PasswordField label="Present password" value={oldPassword} onChange={setOldPassword} />
          <NewPasswordField label="New password" value={newPassword} onChange={setNewPassword} />
          <Button
            type="submit"
            loading={change.isPending}
            disabled={oldPassword === '' || !isChoosable(newPassword)}
            style={{ alignSelf: 'flex-start' }}
          >
            Change the password
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
