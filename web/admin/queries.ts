import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../domain/access/roles.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import type { routes } from '../../lambdas/people/routes.ts';
import { api } from '../shared/api.ts';

type Routes = typeof routes;
export type User = AnswerOf<Routes['getUser']>;
export type AuditEntry = AnswerOf<Routes['listAudit']>['entries'][number];
export type Status = User['status'];

/** What people are looked for by. */
export interface Filter {
  readonly query: string;
  readonly by: 'email' | 'name' | 'handle';
  readonly role: Role | undefined;
  readonly status: Status | undefined;
}

const users = 'admin-users';
const audit = 'admin-audit';

export const usersQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: [users, 'list', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const { query, by, role, status } = filter;
      const asked = { ...(query && { query }), by, ...(role && { role }), ...(status && { status }) };
      return api.people.listUsers({ query: { ...asked, ...(pageParam && { cursor: pageParam }) }, signal });
    },
    getNextPageParam: ({ cursor }) => cursor,
  });

export const userQuery = (userId: UserId) =>
  queryOptions({ queryKey: [users, userId], queryFn: () => api.people.getUser({ params: { userId } }) });

export const auditQuery = (userId: UserId | undefined) =>
  infiniteQueryOptions({
    queryKey: [audit, userId],
    initialPageParam: undefined as AuditEntry['auditId'] | undefined,
    queryFn: ({ pageParam }) =>
      api.people.listAudit({ query: { ...(userId && { userId }), ...(pageParam && { cursor: pageParam }) } }),
    getNextPageParam: ({ cursor, entries }) => (cursor === null ? null : entries.at(-1)?.auditId),
  });

/** An act on a person: what comes back is what they are now; lists and the trail are read anew. */
export function useAct<Input>(userId: UserId, act: (input: Input) => Promise<User>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (user) => {
      queries.setQueryData(userQuery(userId).queryKey, user);
      void queries.invalidateQueries({ queryKey: [users, 'list'] });
      void queries.invalidateQueries({ queryKey: [audit] });
    },
    onError: () => queries.invalidateQueries({ queryKey: userQuery(userId).queryKey }),
  });
}
