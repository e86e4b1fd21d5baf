import { queryOptions } from '@tanstack/react-query';
import { api } from '../shared/api.ts';

/** A channel by its handle; or by the id of its owner. */
export const channelQuery = (handle: string) =>
  queryOptions({
    queryKey: ['channel', handle],
    queryFn: () => api.people.getChannel({ params: { channel: handle } }),
  });
