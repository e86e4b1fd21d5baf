import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowRight, IconAt, IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiError } from '../../../client/client.ts';
import { Handle } from '../../../domain/people/handle.ts';
import { api } from '../../shared/api.ts';
import { formatWhen } from '../../shared/format.ts';
import { ButtonLink } from '../../shared/links.tsx';
import { Section } from '../Section.tsx';
import { ChannelPicture } from './ChannelPicture.tsx';
import { type MyChannel, useChannelChange } from './queries.ts';

/** The channel as its owner changes it: all fields are saved at once, as they were seen. */
export function ChannelSection({ channel }: { readonly channel: MyChannel }) {
  const [handle, setHandle] = useState(channel.handle);
  const [name, setName] = useState(channel.name);
  const [description, setDescription] = useState(channel.description);
  const save = useChannelChange(async () => {
    const saved = await api.people.updateMyChannel({ body: { handle, name, description }, ifMatch: channel.version });
    notifications.show({ title: 'Channel saved', message: `People find it as @${saved.handle}.` });
    return saved;
  });
  const isHandle = Handle.safeParse(handle).success;
  const isTaken = save.error instanceof ApiError && save.error.problem.code === 'handle-taken';
  const isSame = handle === channel.handle && name === channel.name && description === channel.description;
  const former = channel.formerHandles.map(({ handle: had }) => `@${had}`).join(', ');
  const until = Math.max(0, ...channel.formerHandles.map((one) => one.until));
  return (
    <Section
      title="Channel"
      icon={<IconUserCircle aria-hidden />}
      lead="What everybody sees of you: beside your videos, and where you comment."
      state={
        <ButtonLink
          to="/c/$handle"
          params={{ handle: channel.handle }}
          size="xs"
          variant="subtle"
          flex="none"
          rightSection={<IconArrowRight size={15} />}
        >
          See your channel
        </ButtonLink>
      }
      error={isTaken ? undefined : save.error}
    >
      <ChannelPicture channel={channel} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Handle"
            description="3 to 30 of a–z, 0–9, _ and -. It is your channel’s address."
            leftSection={<IconAt size={16} aria-hidden />}
            required
            maxLength={30}
            value={handle}
            onChange={(event) => setHandle(event.currentTarget.value.toLowerCase())}
            error={
              (isTaken && 'Somebody has this handle, or nobody may. Choose another.') ||
              (!isHandle && 'Use 3 to 30 of a–z, 0–9, _ and -, with a letter or digit first and last.')
            }
          />
          {former !== '' && (
            <Text size="sm" c="dimmed">
              {former} {channel.formerHandles.length === 1 ? 'leads' : 'lead'} here too, until{' '}
              {formatWhen(until, Date.now())}.
            </Text>
          )}
          <Textarea
            label="Description"
            autosize
            minRows={3}
            maxRows={10}
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={isSame || !isHandle || name.trim() === ''}>
              Save the channel
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
