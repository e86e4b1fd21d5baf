import { notifications } from '@mantine/notifications';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserId } from '../../../domain/ids.ts';
import { api } from '../api.ts';
import { problemSentence } from '../problem-sentence.ts';

/** How many subscribe to a channel, and whether the person does. */
export const channelStandingQuery = (userId: UserId) =>
  queryOptions({
    queryKey: ['channel-standing', userId],
    staleTime: 30_000,
    queryFn: () => api.community.channelCounts({ params: { userId } }),
  });

/** Subscribes or ends it; the page shows it at once, and takes it back if it is refused. */
export function useSubscribe(userId: UserId) {
  const queries = useQueryClient();
  const { queryKey } = channelStandingQuery(userId);
  return useMutation({
    mutationFn: (subscribed: boolean) =>
      subscribed ? api.community.subscribe({ params: { userId } }) : api.community.unsubscribe({ params: { userId } }),
    onMutate: async (subscribed) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(
        queryKey,
        (seen) => seen && { ...seen, subscribed, subscribers: Math.max(0, seen.subscribers + (subscribed ? 1 : -1)) },
      );
      return { before };
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['feed', 'subscriptions'] }),
    onError: (error, subscribed, context) => {
      queries.setQueryData(queryKey, context?.before);
      const title = subscribed ? 'You are not subscribed' : 'You are still subscribed';
      notifications.show({ color: 'red', title, message: problemSentence(error) });
    },
  });
}
