import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AnswerOf } from '../../../domain/api/route.ts';
import type { routes } from '../../../lambdas/people/routes.ts';
import { api } from '../../shared/api.ts';

export type MyChannel = AnswerOf<(typeof routes)['getMyChannel']>;
export type PersonalCopy = AnswerOf<(typeof routes)['getExport']>;

export const myChannelQuery = queryOptions({
  queryKey: ['my-channel'],
  queryFn: () => api.people.getMyChannel({}),
});

/** The copy that was asked for last. While it is being made it is looked at every few seconds. */
export const copyQuery = queryOptions({
  queryKey: ['my-data'],
  queryFn: () => api.people.getExport({}),
  refetchInterval: ({ state }) => (state.data?.state === 'pending' ? 3000 : false),
});

/** A change of the channel; what comes back is what it now is. */
export function useChannelChange<Input>(change: (input: Input) => Promise<MyChannel>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: (channel) => known(queries, channel) });
}

const known = (queries: QueryClient, channel: MyChannel) => queries.setQueryData(myChannelQuery.queryKey, channel);
