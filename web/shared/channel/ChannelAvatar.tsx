import { Avatar } from '@mantine/core';
import type { PersonCard } from '../../../domain/community/person.ts';

/** The picture of a channel, or the first letters of its name. Its name stands beside it. */
export const ChannelAvatar = ({ channel, size }: { readonly channel: PersonCard; readonly size: number }) => (
  <Avatar
    src={channel.picture}
    name={channel.name}
    alt=""
    color="sluice"
    size={size}
    radius="100%"
    aria-hidden="true"
  />
);
