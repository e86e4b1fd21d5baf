import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { UserId } from '../../../domain/ids.ts';
import { SignInButton } from '../account/SignInButton.tsx';
import { useMe } from '../session.ts';
import { channelStandingQuery, useSubscribe } from './queries.ts';

/** Subscribes to a channel, or ends it; not shown to whose channel it is. */
export function SubscribeButton({ userId, name }: { readonly userId: UserId; readonly name: string }) {
  const me = useMe();
  const { data } = useQuery(channelStandingQuery(userId));
  const subscribe = useSubscribe(userId);
  if (me?.userId === userId) return null;
  if (!me) {
    return (
      <SignInButton radius="xl" aria-label={`Sign in to subscribe to ${name}`}>
        Subscribe
      </SignInButton>
    );
  }
  const subscribed = data?.subscribed ?? false;
  return (
    <Button
      radius="xl"
      variant={subscribed ? 'default' : 'filled'}
      leftSection={subscribed ? <IconCheck size={16} /> : undefined}
      aria-pressed={subscribed}
      aria-label={subscribed ? `Subscribed to ${name}` : `Subscribe to ${name}`}
      disabled={data === undefined}
      onClick={() => subscribe.mutate(!subscribed)}
    >
      {subscribed ? 'Subscribed' : 'Subscribe'}
    </Button>
  );
}
