import { Loader, Stack, Text, Timeline } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { UserId } from '../../domain/ids.ts';
import { auditActs } from '../../domain/people/audit.ts';
import { Failure } from '../shared/Failure.tsx';
import { formatWhen } from '../shared/format.ts';
import { TextLink } from '../shared/links.tsx';
import { ListEnd } from '../shared/lists/ListEnd.tsx';
import { type AuditEntry, auditQuery } from './queries.ts';

/** What admins did, newest first: to everybody, or to one. */
export function AuditTrail({ userId }: { readonly userId?: UserId }) {
  const trail = useInfiniteQuery(auditQuery(userId));
  const entries = trail.data?.pages.flatMap((page) => page.entries) ?? [];
  if (trail.isPending) return <Loader size="sm" aria-label="Loading" />;
  if (trail.isError) return <Failure error={trail.error} onAgain={() => void trail.refetch()} />;
  if (entries.length === 0) return <Text c="dimmed">Nothing yet. Every act of an admin is written down here.</Text>;
  return (
    <Stack>
      <Timeline bulletSize={22} lineWidth={2}>
        {entries.map((entry) => (
          <Timeline.Item
            key={entry.auditId}
            bullet={<IconHistory size={12} aria-hidden />}
            title={`${auditActs[entry.act]}${changeOf(entry)}`}
          >
            <Text size="sm" c="dimmed">
              {formatWhen(entry.at, Date.now())} by {entry.actor.email ?? 'somebody who has left'}
              {userId === undefined && (
                <>
                  {', '}
                  <TextLink to="/admin/users/$userId" params={{ userId: entry.subject.userId }} size="sm">
                    {entry.subject.email ?? 'who has left'}
                  </TextLink>
                </>
              )}
            </Text>
            {entry.reason !== undefined && <Text size="sm">“{entry.reason}”</Text>}
          </Timeline.Item>
        ))}
      </Timeline>
      <ListEnd query={trail} />
    </Stack>
  );
}

/** What the act changed, in words: the roles that came and went, or the end of a membership. */
function changeOf({ act, before, after }: AuditEntry): string {
  if (act === 'roles-changed') {
    const [had, has] = [before.roles ?? [], after.roles ?? []];
    const given = has.filter((role) => !had.includes(role)).map((role) => `+${role}`);
    const taken = had.filter((role) => !has.includes(role)).map((role) => `−${role}`);
    return `: ${[...given, ...taken].join(', ')}`;
  }
  if (act === 'membership-changed') {
    return after.memberUntil ? `: until ${new Date(after.memberUntil).toLocaleDateString()}` : ': ended';
  }
  return '';
}
