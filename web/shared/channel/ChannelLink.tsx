import type { PersonCard } from '../../../domain/community/person.ts';
import { TextLink } from '../links.tsx';

/** Where a channel is: under its handle, or its person's id until they have chosen one. */
export const channelPath = ({ handle, userId }: Pick<PersonCard, 'handle' | 'userId'>) => handle ?? userId;

export const ChannelLink = ({
  channel,
  strong = false,
}: {
  readonly channel: PersonCard;
  readonly strong?: boolean;
}) => (
  <TextLink
    to="/c/$handle"
    params={{ handle: channelPath(channel) }}
    size="sm"
    c={strong ? 'inherit' : 'dimmed'}
    fw={strong ? 600 : 400}
    display="block"
    truncate
  >
    {channel.name}
  </TextLink>
);
