import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { PasswordField } from '../../shared/account/fields.tsx';
import { deleteAccount } from '../../shared/session.ts';
import { Section } from '../Section.tsx';

/** The end of the account: nobody comes here by a slip, and whoever does knows what goes. */
export function DeletionSection() {
  const [isAsking, setIsAsking] = useState(false);
  const [password, setPassword] = useState('');
  const [isUnderstood, setIsUnderstood] = useState(false);
  const leave = useMutation({ mutationFn: () => deleteAccount(password) });
  return (
    <Section
      title="Delete the account"
      icon={<IconTrash aria-hidden />}
      lead="You are signed out everywhere at once, and all that is kept about you is removed."
      error={leave.error}
    >
      {isAsking ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            leave.mutate();
          }}
        >
          <Stack maw={460}>
            <Text fw={600}>What goes, for good:</Text>
            <List size="sm" spacing={4}>
              <List.Item>your videos with their files: nobody can watch them any more</List.Item>
              <List.Item>your channel, its handle and its picture</List.Item>
              <List.Item>your comments, likes, subscriptions, playlists and history</List.Item>
              <List.Item>your way to sign in: nobody can undo it, and we cannot either</List.Item>
            </List>
            <PasswordField label="Your password" value={password} onChange={setPassword} />
            <Checkbox
              label="I understand that this cannot be undone"
              checked={isUnderstood}
              onChange={(event) => setIsUnderstood(event.currentTarget.checked)}
            />
            <Group>
              <Button type="submit" color="red" loading={leave.isPending} disabled={password === '' || !isUnderstood}>
                Delete my account
              </Button>
              <Button variant="default" onClick={() => setIsAsking(false)}>
                Keep it
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Group>
          <Button variant="light" color="red" onClick={() => setIsAsking(true)}>
            Delete the account …
          </Button>
        </Group>
      )}
    </Section>
  );
}
