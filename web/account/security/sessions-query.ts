import { queryOptions } from '@tanstack/react-query';
import { api } from '../../shared/api.ts';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await api.auth.listSessions()).sessions,
});

export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => api.auth.secondFactor(),
});
