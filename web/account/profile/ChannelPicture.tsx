import { Alert, Avatar, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { PictureType } from '../../../domain/media/picture.ts';
import { api } from '../../shared/api.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { squareJpeg } from './picture-file.ts';
import { type MyChannel, useChannelChange } from './queries.ts';

/** The picture, and how to have another or none. */
export function ChannelPicture({ channel }: { readonly channel: MyChannel }) {
  const put = useChannelChange(async (file: File) =>
    api.people.putMyPicture({ body: { jpeg: await squareJpeg(file) } }),
  );
  const remove = useChannelChange(() => api.people.deleteMyPicture({}));
  const error = put.error ?? remove.error;
  return (
    <Stack gap="xs">
      <Group wrap="nowrap">
        <Avatar src={channel.picture} name={channel.name} alt="" size={96} color="sluice" />
        <Stack gap={6}>
          <Group gap="xs">
            <FileButton accept={PictureType.options.join()} onChange={(file) => file && put.mutate(file)}>
              {(props) => (
                <Button {...props} variant="light" loading={put.isPending}>
                  {channel.picture === null ? 'Choose a picture' : 'Change the picture'}
                </Button>
              )}
            </FileButton>
            {channel.picture !== null && (
              <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
                Remove
              </Button>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            The middle of it is shown. Where and when it was taken is not sent.
          </Text>
        </Stack>
      </Group>
      {error != null && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
          {problemSentence(error)}
        </Alert>
      )}
    </Stack>
  );
}
